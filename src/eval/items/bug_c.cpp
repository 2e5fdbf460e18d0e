// Bugs of programs in C; only read by the model, never run. See bug_items.h.
#include "eval/items/bug_items.h"

namespace assay::eval {
namespace {

constexpr BugTemplate kBugs[] = {
    {"c_bounds_loop", "bounds", "Add up the prices of the {1}.", "计算{2}的价格总和。", R"c(
 /* {5} */
 long sum_{1}(const long *prices, size_t count) {
     long sum = 0;
!    for (size_t i = 0; i <= count; i++)
+    for (size_t i = 0; i < count; i++)
:        sum += prices[i];
     return sum;
 }
)c"},
    {"c_bounds_copy", "bounds", "Keep the name of a {0}.", "保存{2}的名称。", R"c(
 /* {5} */
 void set_{0}_name(struct {0} *item, const char *name) {
     item->changed = 1;
!    strcpy(item->name, name);
+    snprintf(item->name, sizeof item->name, "%s", name);
     item->length = strlen(item->name);
 }
)c"},
    {"c_bounds_end", "bounds", "Read one line of a {0} file.", "读取{2}文件的一行。", R"c(
 /* {5} */
 int read_{0}(FILE *in, char *line, size_t size) {
     size_t n = fread(line, 1, size - 1, in);
     if (n == 0)
         return -1;
!    line[size] = '\0';
+    line[n] = '\0';
     return (int)n;
 }
)c"},
    {"c_integer_short", "integer", "Copy the notes of a {0}.", "复制{2}的备注。", R"c(
 /* {5} */
 char *copy_{0}_note(const char *note, size_t total) {
!    unsigned short size = total + 1;
+    size_t size = total + 1;
:    char *copy = malloc(size);
     if (copy == NULL)
         return NULL;
:    memcpy(copy, note, total);
:    copy[total] = '\0';
     return copy;
 }
)c"},
    {"c_integer_product", "integer", "Make room for `count` {1}.", "为 count 条{2}分配空间。", R"c(
 /* {5} */
 struct {0} *new_{1}(size_t count) {
     struct {0} *all;
+    if (count > SIZE_MAX / sizeof *all)
+        return NULL;
~    all = malloc(count * sizeof *all);
     if (all != NULL)
:        memset(all, 0, count * sizeof *all);
     return all;
 }
)c"},
    {"c_integer_signed", "integer", "Send the first n bytes of a {0}.", "发送{2}的前 n 个字节。",
     R"c(
 /* {5} */
 int send_{0}(struct link *to, const char *data, int n) {
     char packet[{3}];
!    if (n > {3})
+    if (n < 0 || n > {3})
         return -1;
:    memcpy(packet, data, (size_t)n);
:    return push(to, packet, (size_t)n);
 }
)c"},
    {"c_freed_order", "freed", "Remove a {0} and note it in the log.", "删除一条{2}并记入日志。",
     R"c(
 /* {5} */
 void drop_{0}(struct {0} *item) {
     unlink_{0}(item);
-    free(item);
!    note("dropped", item->id);
+    note("dropped", item->id);
+    free(item);
     total_{1}--;
 }
)c"},
    {"c_freed_list", "freed", "Free the list of {1}.", "释放{2}链表。", R"c(
 /* {5} */
 void free_{1}(struct {0} *head) {
     struct {0} *p = head;
     while (p != NULL) {
-        free(p);
!        p = p->next;
+        struct {0} *next = p->next;
+        free(p);
+        p = next;
     }
 }
)c"},
    {"c_freed_cache", "freed", "Replace the cached {0}.", "替换缓存中的{2}。", R"c(
 /* {5} */
 const char *replace_{0}(struct cache *c, char *text) {
     char *old = c->text;
     c->uses = 0;
     c->text = text;
:    free(old);
!    return old;
+    return c->text;
 }
)c"},
    {"c_format_print", "format", "Print the {4} of a {0}.", "打印{2}的{4}。", R"c(
 /* {5} */
 void print_{0}(const struct {0} *item) {
     if (item == NULL)
         return;
!    printf(item->{4});
+    printf("%s", item->{4});
     putchar('\n');
     fflush(stdout);
 }
)c"},
    {"c_format_log", "format", "Log a message about the {1}.", "记录一条关于{2}的消息。", R"c(
 /* {5} */
 void log_{0}(FILE *log, const char *message) {
     time_t now = time(NULL);
     fprintf(log, "%ld {0}: ", (long)now);
!    fprintf(log, message);
+    fputs(message, log);
     fputc('\n', log);
 }
)c"},
    {"c_format_syslog", "format", "Report an error of the {0} service.", "报告{2}服务的错误。",
     R"c(
 /* {5} */
 int report_{0}_error(const char *text) {
     if (text == NULL || *text == '\0')
         return -1;
     errors++;
!    syslog(LOG_ERR, text);
+    syslog(LOG_ERR, "%s", text);
     return 0;
 }
)c"},
    {"c_race_access", "race", "Open a {0} for a user of a program with more rights.",
     "在高权限程序中为用户打开{2}。", R"c(
 /* {5} */
 FILE *open_{0}(const char *path) {
!    if (access(path, R_OK) != 0)
-        return NULL;
-    return fopen(path, "r");
+    if (seteuid(getuid()) != 0)
+        return NULL;
+    FILE *file = fopen(path, "r");
+    if (seteuid(0) != 0)
+        abort();
+    return file;
 }
)c"},
    {"c_random_seed", "random", "Make a secret key for a {0}.", "为{2}生成密钥。", R"c(
 /* {5} */
 int make_{0}_key(unsigned char *key, size_t size) {
-    srand((unsigned)time(NULL));
-    for (size_t i = 0; i < size; i++)
!        key[i] = (unsigned char)rand();
+    ssize_t got = getrandom(key, size, 0);
+    if (got < 0 || (size_t)got != size)
+        return -1;
     return 0;
 }
)c"},
    {"c_command_system", "command", "Compress the file of a {0}.", "压缩{2}文件。", R"c(
 /* {5} */
 int pack_{0}(const char *name) {
-    char line[512];
-    snprintf(line, sizeof line, "gzip %s", name);
!    return system(line);
+    char *words[] = {"gzip", "--", (char *)name, NULL};
+    return run_and_wait("gzip", words);
 }
)c"},
    {"c_secret_pin", "secret", "May this person unlock the {0}?", "此人能否解锁{2}？", R"c(
 /* {5} */
 int may_unlock(const char *pin) {
     if (pin == NULL)
         return 0;
!    return strcmp(pin, "4{3}1") == 0;
+    return check_pin(pin, stored_pin_hash());
 }
)c"},
    {"c_timing_code", "timing", "Compare a given code with the one of a {0}.",
     "比较输入的代码与{2}的代码。", R"c(
 /* {5} */
 int same_code(const unsigned char *a, const unsigned char *b, size_t n) {
+    unsigned char differs = 0;
     for (size_t i = 0; i < n; i++)
!        if (a[i] != b[i])
-            return 0;
-    return 1;
+        differs |= a[i] ^ b[i];
+    return differs == 0;
 }
)c"},
};

}  // namespace

std::span<const BugTemplate> c_bugs() { return kBugs; }

}  // namespace assay::eval
