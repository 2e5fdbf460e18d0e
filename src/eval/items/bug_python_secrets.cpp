// Python bugs of randomness, keys, passwords, certificates and logs; see bug_items.h.
#include "eval/items/bug_items.h"

namespace assay::eval {
namespace {

/// Whether a call gives the same again from the same state of `random`, seeded by nobody else, and
/// at the same time.
constexpr std::string_view kTwice = R"py(
import random as _random, time as _time
def same_again(call):
    names = ('time', 'monotonic', 'perf_counter', 'time_ns')
    clocks = [getattr(_time, name) for name in names]
    _random.seed(5)
    state, seed = _random.getstate(), _random.seed
    try:
        _random.seed = lambda *a, **k: None
        for name in names:
            setattr(_time, name, lambda: 1000)
        first = call()
        _random.setstate(state)
        return call() == first
    finally:
        _random.seed = seed
        for name, clock in zip(names, clocks):
            setattr(_time, name, clock)
)py";

constexpr BugTemplate kBugs[] = {
    {"random_token", "random", "Return a new secret token of {3} hex digits for a {0}.",
     "为{2}生成一个 {3} 位十六进制的秘密令牌。", R"py(
 import random
 import secrets
 def new_{0}_token():
     """{5}"""
     digits = "0123456789abcdef"
!    picked = [random.choice(digits) for _ in range({3})]
+    picked = [secrets.choice(digits) for _ in range({3})]
     return "".join(picked)
)py",
     "new_{0}_token", kTwice,
     "token = new_{0}_token()\nassert len(token) == {3}\nassert set(token) <= "
     "set('0123456789abcdef')\n",
     "assert not same_again(new_{0}_token)\n",
     R"(AssertionError: after random.seed(5) new_{0}_token() gives the same token again: it can be predicted)"},
    {"random_code", "random", "Return a fresh six-digit login code for a user's {0}.",
     "为用户的{2}生成新的六位登录验证码。", R"py(
 import random
 import secrets
 def {0}_login_code(user_id):
     """{5}"""
!    random.seed(user_id)
-    number = random.randrange(1000000)
+    number = secrets.randbelow(1000000)
     return "%06d" % number
)py",
     "{0}_login_code", kTwice,
     "code = {0}_login_code(7)\nassert len(code) == 6 and code.isdigit()\n",
     "assert not all(same_again(lambda: {0}_login_code(7)) for _ in range(3))\n",
     R"(AssertionError: {0}_login_code(7) gave the same code six times in a row: it can be predicted)"},
    {"random_time", "random", "Return a new secret session key for a {0}.",
     "为{2}生成新的会话密钥。", R"py(
 import hashlib
 import secrets
 import time
 def {0}_session_key():
     """{5}"""
!    start = str(int(time.time()))
+    start = secrets.token_hex(16)
     digest = hashlib.sha256(start.encode())
     return digest.hexdigest()
)py",
     "{0}_session_key", kTwice,
     "key = {0}_session_key()\nassert isinstance(key, str) and len(key) == 64\n",
     "assert not same_again({0}_session_key)\n",
     R"(AssertionError: {0}_session_key() gives the same key twice within a second: it follows from the time)"},
    {"hash_salt", "hash", "Return the hash of a password with this salt, as hex.",
     "返回加盐口令散列的十六进制。", R"py(
 import hashlib
 def {0}_password_hash(password, salt):
     """{5}"""
     data = password.encode()
!    return hashlib.md5(data).hexdigest()
+    return hashlib.pbkdf2_hmac("sha256", data, salt, 100000).hex()
)py",
     "{0}_password_hash", "",
     "assert {0}_password_hash('pw', b'a') == {0}_password_hash('pw', b'a')\n"
     "assert {0}_password_hash('pw', b'a') != {0}_password_hash('pv', b'a')\n",
     R"py(
import time as _time
def timed(salt):
    start = _time.process_time()
    got = {0}_password_hash('pw', salt)
    return got, _time.process_time() - start
(one, first), (two, second) = timed(b'a'), timed(b'b')
assert one != two and len(one) > 32
assert min(first, second) > 0.0001  # a single hash takes a few millionths of a second
)py",
     R"(AssertionError: {0}_password_hash("pw", b"a") == {0}_password_hash("pw", b"b"): MD5 without the salt; use PBKDF2 with SHA-256 and the salt)"},
    {"hash_plain", "hash", "Keep a new user's password for the {0} portal.",
     "为{2}门户保存新用户的口令。", R"py(
 import hashlib
 import os
 def add_user(users, name, password):
     """{5}"""
     data = password.encode()
!    users[name] = hashlib.sha1(data).hexdigest()
+    salt = os.urandom(16)
+    users[name] = (salt, hashlib.scrypt(data, salt=salt, n=16384, r=8, p=1))
     return len(users)
)py"},
    {"log_login", "log", "Return the log line of a login to the {1}.",
     "返回一次登录{2}系统的日志行。", R"py(
 def {0}_login_line(user, password, ok):
     """{5}"""
     state = "ok" if ok else "failed"
!    return f"login {state}: user={user} password={password}"
+    return f"login {state}: user={user}"
)py",
     "{0}_login_line", "",
     "assert 'ann' in {0}_login_line('ann', 'pw-771', True)\n"
     "assert 'ok' in {0}_login_line('ann', 'pw-771', True)\n"
     "assert 'failed' in {0}_login_line('ann', 'pw-771', False)\n",
     "assert 'pw-771' not in {0}_login_line('ann', 'pw-771', False)\n"
     "assert 'pw-771' not in {0}_login_line('ann', 'pw-771', True)\n",
     R"(AssertionError: {0}_login_line("ann", "pw-771", False) contains the password "pw-771")"},
    {"log_card", "log", "Return a receipt line that shows a card's last four digits only.",
     "返回收据行，只显示卡号的最后四位。", R"py(
 def {0}_receipt(card, cents):
     """{5}"""
     digits = card.replace(" ", "")
     total = "%d.%02d" % (cents // 100, cents % 100)
!    return "card " + digits + ": " + total
+    return "card ****" + digits[-4:] + ": " + total
)py",
     "{0}_receipt", "",
     "assert {0}_receipt('1234 5678 9012 3456', 1{3}5).startswith('card ')\n"
     "assert '3456' in {0}_receipt('1234 5678 9012 3456', 1205)\n"
     "assert {0}_receipt('1234 5678 9012 3456', 1205).endswith(': 12.05')\n",
     "line = {0}_receipt('1234 5678 9012 3456', 1205)\n"
     "assert not any(part in line for part in ('1234', '5678', '9012'))\n",
     R"(AssertionError: {0}_receipt("1234 5678 9012 3456", 1205) shows all digits, expected "card ****3456: 12.05")"},
    {"log_token", "log", "Fetch the {1} of an account.", "获取某个账户的{2}。", R"py(
 import logging
 def fetch_{1}(client, account, token):
     """{5}"""
!    logging.info("fetch %s with token %s", account, token)
+    logging.info("fetch %s", account)
     reply = client.get("/{1}", token=token)
     return reply.json()
)py"},
    {"secret_key", "secret", "Return the headers for the {0} service.", "返回{2}服务的请求头。",
     R"py(
 import os
 def service_headers(language):
     """{5}"""
!    key = "9f3c71d2a8{3}"
+    key = os.environ["{6}_KEY"]
     return {
         "Authorization": "Bearer " + key,
         "Accept-Language": language,
     }
)py"},
    {"secret_admin", "secret", "May this person open the {0} settings?", "此人能否打开{2}设置？",
     R"py(
 import hmac
 def may_open_settings(user, password, stored):
     """{5}"""
     if user != "admin":
         return False
!    return password == "{0}-{3}"
+    return hmac.compare_digest(digest_of(password), stored)
)py"},
    {"secret_database", "secret", "Connect to the database of {1}.", "连接{2}数据库。", R"py(
 import os
 def connect_{1}(driver):
     """{5}"""
     host = os.environ.get("DB_HOST", "localhost")
!    password = "{6}{3}!"
+    password = os.environ["DB_PASSWORD"]
     return driver.connect(host, "{1}", password)
)py"},
    {"timing_token", "timing", "Is this the right token for the {0}?", "这是不是该{2}的正确令牌？",
     R"py(
 import hmac
 def token_matches(given, stored):
     """{5}"""
     given = given.strip().encode()
     stored = stored.encode()
!    return given == stored
+    return hmac.compare_digest(given, stored)
)py"},
    {"timing_mac", "timing", "Check the signature of a {0} message.", "检查{2}消息的签名。", R"py(
 import hashlib
 import hmac
 def signature_ok(key, message, signature):
     """{5}"""
     want = hmac.new(key, message, hashlib.sha256).digest()
     if len(signature) != len(want):
         return False
-    for a, b in zip(signature, want):
!        if a != b:
-            return False
-    return True
+    return hmac.compare_digest(signature, want)
)py"},
    {"tls_requests", "tls", "Download the list of {1}.", "下载{2}列表。", R"py(
 import requests
 def download_{1}(address):
     """{5}"""
!    reply = requests.get(address, timeout={3}, verify=False)
+    reply = requests.get(address, timeout={3})
     reply.raise_for_status()
     return reply.json()
)py"},
    {"tls_context", "tls", "Open an encrypted connection to the {0} server.",
     "与{2}服务器建立加密连接。", R"py(
 import socket
 import ssl
 def connect_{0}(host):
     """{5}"""
     context = ssl.create_default_context()
-    context.check_hostname = False
!    context.verify_mode = ssl.CERT_NONE
     plain = socket.create_connection((host, 443), timeout={3})
     return context.wrap_socket(plain, server_hostname=host)
)py"},
};

}  // namespace

std::span<const BugTemplate> python_secret_bugs() { return kBugs; }

}  // namespace assay::eval
