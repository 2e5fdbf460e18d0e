// Protocols, ports, defence, incident response and access, as a first course explains them; see
// knowledge_terms.h.
#include <array>

#include "eval/items/knowledge_terms.h"

namespace assay::eval {
namespace {

constexpr FactPair kProtocols[] = {
    {"DNS", "find the address that belongs to a name", "DNS", "查找域名对应的地址"},
    {"DHCP", "give devices their network addresses", "DHCP", "为设备分配网络地址"},
    {"TLS", "encrypt the connection between a browser and a web server", "TLS",
     "加密浏览器与网站服务器之间的连接"},
    {"SSH", "work on the command line of a remote machine over an encrypted connection", "SSH",
     "通过加密连接使用远程机器的命令行"},
    {"ARP", "find the hardware address for an IP address in the local network", "ARP",
     "在局域网内查找 IP 地址对应的硬件地址"},
    {"NTP", "set the clocks of computers", "NTP", "校准计算机的时钟"},
    {"SMTP", "pass mail on between mail servers", "SMTP", "在邮件服务器之间传递邮件"},
    {"IMAP", "read mail that stays on the server", "IMAP", "阅读保存在服务器上的邮件"},
    {"ICMP", "report network errors and answer pings", "ICMP", "报告网络错误并应答 ping"},
    {"BGP", "exchange routes between the networks that make up the internet", "BGP",
     "在组成互联网的各网络之间交换路由"},
    {"SNMP", "watch over routers and other network devices", "SNMP", "监控路由器等网络设备"},
    {"LDAP", "look up users in a directory", "LDAP", "在目录中查询用户"},
    {"Kerberos", "log users in with tickets", "Kerberos", "用票据让用户登录"},
    {"IPsec", "protect traffic at the network layer", "IPsec", "在网络层保护流量"},
    {"WPA3", "protect wireless networks", "WPA3", "保护无线网络"},
    {"DNSSEC", "sign the answers about names", "DNSSEC", "对域名解析结果签名"},
    {"OAuth", "let an app act for a user without knowing the password", "OAuth",
     "让应用在不知道密码的情况下代表用户操作"},
    {"DMARC", "say what to do with mail that fails the checks of its sender", "DMARC",
     "规定如何处理未通过发件人检查的邮件"},
};

constexpr FactPair kPorts[] = {
    {"SSH", "22", "SSH", "22"},         {"HTTP", "80", "HTTP", "80"},
    {"HTTPS", "443", "HTTPS", "443"},   {"DNS", "53", "DNS", "53"},
    {"SMTP", "25", "SMTP", "25"},       {"Telnet", "23", "Telnet", "23"},
    {"RDP", "3389", "RDP", "3389"},     {"LDAP", "389", "LDAP", "389"},
    {"NTP", "123", "NTP", "123"},       {"IMAP", "143", "IMAP", "143"},
    {"POP3", "110", "POP3", "110"},     {"SNMP", "161", "SNMP", "161"},
    {"MySQL", "3306", "MySQL", "3306"}, {"PostgreSQL", "5432", "PostgreSQL", "5432"},
    {"SMB", "445", "SMB", "445"},       {"TFTP", "69", "TFTP", "69"},
};

constexpr FactPair kDefence[] = {
    {"a firewall", "a filter that lets through only permitted traffic", "防火墙",
     "只放行许可流量的过滤器"},
    {"an intrusion detection system", "a system that reports suspicious traffic", "入侵检测系统",
     "报告可疑流量的系统"},
    {"a honeypot", "a decoy that is there to be attacked and watched", "蜜罐",
     "专门用来引诱并观察攻击的诱饵"},
    {"two-factor authentication", "a login with two different kinds of proof", "双因素认证",
     "用两种不同的凭据登录"},
    {"least privilege", "the rule that everybody gets only the rights that the job needs",
     "最小权限原则", "每个人只得到完成工作必需的操作许可"},
    {"patch management", "the regular installing of updates", "补丁管理", "定期安装更新"},
    {"network segmentation", "the division of a company's computers into separate zones",
     "网络分段", "把公司的计算机划分成相互隔离的区域"},
    {"a sandbox", "a closed environment in which untrusted programs run", "沙箱",
     "运行不可信程序的封闭环境"},
    {"an allow list", "a rule that refuses everything but what is named", "白名单",
     "只放行列明的项目、其余一律拒绝的规则"},
    {"a VPN", "an encrypted tunnel through a foreign network", "VPN", "穿过外部网络的加密隧道"},
    {"a penetration test", "an attack that was ordered by the owner to find weaknesses", "渗透测试",
     "经所有者授权、为查找弱点而进行的攻击"},
    {"a vulnerability scan", "an automatic search for known weaknesses", "漏洞扫描",
     "自动查找已知弱点"},
    {"a SIEM", "a system that collects and links the log messages of many systems", "SIEM",
     "收集并关联众多系统日志的系统"},
    {"an air gap", "the lack of any network connection to a protected machine", "物理隔离",
     "受保护的机器不接任何网络"},
    {"a bug bounty", "a reward for those who report weaknesses", "漏洞赏金", "奖励报告弱点的人"},
    {"a password manager", "a program that keeps long, different secrets for all logins",
     "密码管理器", "替用户加密保存各种登录口令的程序"},
    {"zero trust", "the idea that no request is trusted because of where it comes from", "零信任",
     "不因请求来自何处就予以信任的理念"},
    {"defence in depth", "the use of several layers of protection, one behind the other",
     "纵深防御", "设置前后多层保护"},
    {"fuzzing", "testing a program with masses of random input", "模糊测试",
     "用大量随机输入测试程序"},
    {"a prepared statement", "a database query whose values are handed over separately",
     "预编译语句", "数值单独传入的数据库查询"},
    {"rate limiting", "a cap on the number of requests per minute", "限流", "限制每分钟的请求数"},
};

constexpr FactPair kIncident[] = {
    {"containment", "the step that keeps an incident from spreading", "遏制", "防止事件扩散的步骤"},
    {"eradication", "the step that removes the intruder's programs from all systems", "根除",
     "从所有系统清除入侵者程序的步骤"},
    {"recovery", "the step that brings systems back into normal use", "恢复",
     "让系统重新正常运行的步骤"},
    {"the lessons-learned meeting", "the step that looks back at an incident that is over",
     "经验总结会", "事件结束后回顾得失的步骤"},
    {"triage", "deciding which alarms are looked at first", "分诊", "决定先处理哪些告警"},
    {"the chain of custody", "the record of who held a piece of evidence and when", "证据保管链",
     "记录证据由谁在何时保管"},
    {"a disk image", "an exact copy of a drive for later examination", "磁盘镜像",
     "供日后检验的磁盘精确副本"},
    {"an indicator of compromise", "a trace that shows that there was an intrusion", "失陷指标",
     "表明曾被入侵的痕迹"},
    {"a playbook", "a written plan of steps for one kind of incident", "处置手册",
     "针对某类事件的书面步骤"},
    {"a false positive", "an alarm although there was no attack", "误报", "没有攻击却发出的告警"},
    {"a false negative", "an attack that set off no alarm", "漏报", "没有触发告警的攻击"},
    {"a tabletop exercise", "a practice in which a team talks through an invented incident",
     "桌面推演", "团队口头演练虚构事件"},
    {"dwell time", "the time from an intrusion to its discovery", "驻留时间",
     "从入侵到被发现隔了多久"},
    {"a zero-day", "a weakness that its maker does not know of yet", "零日漏洞",
     "厂商尚不知情的弱点"},
    {"a CVE number", "the public identifier of a known weakness", "CVE 编号", "已知弱点的公开编号"},
    {"a CVSS score", "a number for how severe a weakness is", "CVSS 评分",
     "表示弱点严重程度的数值"},
    {"coordinated disclosure", "telling the maker of a weakness before the public", "协同披露",
     "先告知厂商再公开弱点"},
    {"the recovery time objective", "the longest time that a service may be down", "恢复时间目标",
     "服务最长可以中断的时间"},
    {"the recovery point objective", "the largest amount of recent data that may be lost",
     "恢复点目标", "最多可以丢失的近期数据量"},
};

constexpr FactPair kAccess[] = {
    {"confidentiality", "the goal that only those who are allowed can read data", "机密性",
     "只有获准者才能读取数据"},
    {"integrity", "the goal that data are not changed unnoticed", "完整性",
     "数据不会在不知不觉中被改动"},
    {"availability", "the goal that a service can be used when it is needed", "可用性",
     "需要时服务能够使用"},
    {"authentication", "checking who somebody is", "身份认证", "核实某人是谁"},
    {"authorisation", "deciding what somebody may do", "授权", "决定某人可以做什么"},
    {"non-repudiation", "the property that a sender cannot deny a message later", "不可否认性",
     "发送者事后无法抵赖的性质"},
    {"role-based access control", "giving rights by a person's job in the organisation",
     "基于角色的访问控制", "按岗位职责授予权限"},
    {"single sign-on", "one login for many services", "单点登录", "登录一次即可使用多项服务"},
    {"biometrics", "recognising people by features of their body", "生物特征识别",
     "凭指纹、面容等认人"},
    {"pseudonymisation", "replacing names by codes that a key can undo", "假名化",
     "用可凭密钥还原的代码替换姓名"},
    {"anonymisation", "removing for good what could lead back to a person", "匿名化",
     "永久去除可追溯到个人的信息"},
    {"an audit log", "a record of who did what and when", "审计日志", "记录谁在何时做了什么"},
    {"separation of duties", "splitting a critical task between several people", "职责分离",
     "把关键任务分给多人完成"},
};

}  // namespace

std::span<const FactPair> protocol_terms() { return kProtocols; }
std::span<const FactPair> standard_ports() { return kPorts; }
std::span<const FactPair> defence_terms() { return kDefence; }
std::span<const FactPair> incident_terms() { return kIncident; }
std::span<const FactPair> access_terms() { return kAccess; }

std::span<const FactRelation> cyber_relations() {
  static const std::array<FactRelation, 8> all{{
      {"attacks", "In computer security, {0} is", "在信息安全领域，{0}指的是", attack_terms(),
       "In computer security, {0} is called", "在信息安全领域，{0}，这叫作"},
      {"attacks", "In computer security, {0} is", "在信息安全领域，{0}指的是", malware_terms(),
       "In computer security, {0} is called", "在信息安全领域，{0}叫作"},
      {"cryptography", "In cryptography, {0} is", "在密码学中，{0}指的是", cryptography_terms(),
       "In cryptography, {0} is called", "在密码学中，{0}叫作"},
      {"protocols", "The purpose of {0} is to", "{0} 的用途是", protocol_terms(),
       "What is used to {0} is", "用来{0}的是"},
      {"protocols", "The standard port of {0} is", "{0} 的标准端口是", standard_ports(),
       "The service whose standard port is {0} is", "标准端口为 {0} 的服务是"},
      {"defence", "In computer security, {0} is", "在信息安全领域，{0}指的是", defence_terms(),
       "In computer security, {0} is called", "在信息安全领域，{0}叫作"},
      {"incidents", "In incident response, {0} is", "在应急处置工作中，{0}指的是", incident_terms(),
       "In incident response, {0} is called", "在应急处置工作中，{0}叫作"},
      {"access", "In computer security, {0} is", "在信息安全领域，{0}指的是", access_terms(),
       "In computer security, {0} is called", "在信息安全领域，{0}，这叫作"},
  }};
  return all;
}

}  // namespace assay::eval
