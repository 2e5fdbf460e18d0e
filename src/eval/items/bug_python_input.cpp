// Python bugs of what comes from outside and goes into a query, a path, a command, a page or a
// redirect; see bug_items.h.
#include "eval/items/bug_items.h"

namespace assay::eval {
namespace {

constexpr std::string_view kTable = R"py(
import sqlite3
db = sqlite3.connect(':memory:')
db.execute('CREATE TABLE {1} (id INTEGER, {4} TEXT, owner TEXT)')
db.executemany('INSERT INTO {1} VALUES (?, ?, ?)',
               [(1, 'red', 'ann'), (2, 'blue', 'ann'), (3, 'red', 'bob')])
)py";

constexpr std::string_view kInside = R"py(
import os
def lands(call, root):
    try:
        path = call()
    except Exception:
        return True
    return path is None or (os.path.normpath(str(path)) + '/').startswith(root + '/')
)py";

constexpr std::string_view kShell = R"py(
import shlex
def words(command):
    if not isinstance(command, str):
        return list(command)
    return list(shlex.shlex(command, posix=True, punctuation_chars=True))
)py";

constexpr BugTemplate kBugs[] = {
    {"sql_find", "sql", "Return the ids of the {1} with this {4}.", "返回{4}相符的{2}的编号。",
     R"py(
 def find_{1}(db, {4}):
     """{5}"""
!    query = "SELECT id FROM {1} WHERE {4} = '" + {4} + "' ORDER BY id"
-    rows = db.execute(query)
+    query = "SELECT id FROM {1} WHERE {4} = ? ORDER BY id"
+    rows = db.execute(query, ({4},))
     return [row[0] for row in rows]
)py",
     "find_{1}", kTable,
     "assert find_{1}(db, 'red') == [1, 3]\nassert find_{1}(db, 'green') == []\n",
     R"py(
assert find_{1}(db, "x' OR 'a'='a") == []
db.execute('INSERT INTO {1} VALUES (4, ?, ?)', ("O'Neil", 'ann'))
assert find_{1}(db, "O'Neil") == [4]
)py",
     R"(AssertionError: find_{1}(db, "x' OR 'a'='a") gave [1, 2, 3], expected [])"},
    {"sql_count", "sql", "Count the {1} of this owner.", "统计某个所有者的{2}数量。", R"py(
 def count_{1}(db, owner):
     """{5}"""
!    sql = f"SELECT COUNT(*) FROM {1} WHERE owner = '{owner}'"
-    return db.execute(sql).fetchone()[0]
+    sql = "SELECT COUNT(*) FROM {1} WHERE owner = ?"
+    return db.execute(sql, [owner]).fetchone()[0]
)py",
     "count_{1}", kTable, "assert count_{1}(db, 'ann') == 2\nassert count_{1}(db, 'eve') == 0\n",
     R"py(
assert count_{1}(db, "eve' OR 'a'='a") == 0
db.execute('INSERT INTO {1} VALUES (4, ?, ?)', ('red', "d'Arc"))
assert count_{1}(db, "d'Arc") == 1
)py",
     R"(AssertionError: count_{1}(db, "eve' OR 'a'='a") gave 3, expected 0)"},
    {"sql_sort", "sql", "Return the ids of all {1}, sorted by \"id\" or \"{4}\".",
     "按 id 或 {4} 排序，返回所有{2}的编号。", R"py(
 def list_{1}(db, sort):
     """{5}"""
+    if sort not in ("id", "{4}"):
+        raise ValueError("unknown column")
!    query = "SELECT id FROM {1} ORDER BY " + sort
+    query = f"SELECT id FROM {1} ORDER BY {sort}"
:    rows = db.execute(query).fetchall()
     return [row[0] for row in rows]
)py",
     "list_{1}", kTable,
     "assert list_{1}(db, 'id') == [1, 2, 3]\nassert list_{1}(db, '{4}')[0] == 2\n", R"py(
for sort in ('-id', 'id" DESC --'):
    try:
        refused = list_{1}(db, sort) == [1, 2, 3]
    except Exception:
        refused = True
    assert refused
)py",
     R"(AssertionError: list_{1}(db, "-id") gave [3, 2, 1]; a sort key that is no column must raise ValueError)"},
    {"path_join", "path", "Return the path of the file `name` below `folder`.",
     "返回 folder 下{2}文件 name 的路径。", R"py(
 import os
 def {0}_path(folder, name):
     """{5}"""
     name = name.strip()
!    return os.path.join(folder, name)
+    path = os.path.normpath(os.path.join(folder, name))
+    if not path.startswith(folder + os.sep):
+        raise ValueError("outside the folder")
+    return path
)py",
     "{0}_path", kInside,
     "assert os.path.normpath({0}_path('/srv/{1}', 'a.txt')) == '/srv/{1}/a.txt'\n"
     "assert os.path.normpath({0}_path('/srv/{1}', ' b.png ')) == '/srv/{1}/b.png'\n",
     R"py(
for name in ('../a.txt', '/etc/a.txt', 'b/../../a.txt', '../{1}-old/a.txt'):
    assert lands(lambda: {0}_path('/srv/{1}', name), '/srv/{1}')
)py",
     R"(AssertionError: {0}_path("/srv/{1}", "../a.txt") leaves /srv/{1}; it must raise ValueError)"},
    {"path_read", "path", "Return the text of a {0}; `files` maps paths to texts.",
     "返回一份{2}的文本；files 是路径到文本的映射。", R"py(
 import posixpath
 def read_{0}(files, name):
     """{5}"""
+    if "/" in name or name in ("", ".", ".."):
+        raise ValueError("not a file name")
!    path = posixpath.normpath("{1}/" + name)
+    path = "{1}/" + name
:    if path not in files:
         return None
:    return files[path]
)py",
     "read_{0}", "files = {'{1}/a.txt': 'A', '{1}/b.txt': 'B', 'keys.txt': 'K'}\n",
     "assert read_{0}(files, 'a.txt') == 'A'\nassert read_{0}(files, 'c.txt') is None\n", R"py(
for name in ('../keys.txt', 'x/../../keys.txt'):
    try:
        assert read_{0}(files, name) is None
    except (ValueError, PermissionError, KeyError, FileNotFoundError):
        pass
)py",
     R"(AssertionError: read_{0}(files, "../keys.txt") gave "K", a file outside "{1}"; it must raise ValueError)"},
    {"path_unpack", "path", "Return where the members of an archive go; skip those that leave.",
     "返回压缩包成员的解压位置，跳过会越出目录的成员。", R"py(
 import os
 def {0}_targets(folder, members):
     """{5}"""
     targets = []
     for member in members:
!        target = os.path.join(folder, member)
+        target = os.path.normpath(os.path.join(folder, member))
+        if not target.startswith(folder + "/"):
+            continue
:        targets.append(target)
     return targets
)py",
     "{0}_targets", "import os\n",
     "assert [os.path.normpath(p) for p in {0}_targets('/tmp/{1}', ['a.txt', 'b/c.txt'])] == "
     "['/tmp/{1}/a.txt', '/tmp/{1}/b/c.txt']\n",
     "assert [os.path.normpath(p) for p in {0}_targets('/tmp/{1}', ['../x', 'a.txt', '/etc/y', "
     "'../{1}2/z'])] == ['/tmp/{1}/a.txt']\n",
     R"(AssertionError: {0}_targets("/tmp/{1}", ["../x", "a.txt"]) gave 2 paths, expected ["/tmp/{1}/a.txt"])"},
    {"shell_convert", "command", "Return the shell command that turns a {0} file into a PDF.",
     "返回把{2}文件转换成 PDF 的 shell 命令。", R"py(
 import shlex
 def {0}_command(name):
     """{5}"""
     target = "{0}.pdf"
!    return "convert " + name + " " + target
+    return "convert " + shlex.quote(name) + " " + target
)py",
     "{0}_command", kShell,
     "assert words({0}_command('scan.png')) == ['convert', 'scan.png', '{0}.pdf']\n",
     "for name in ('my scan;1.png', \"a'; ls '.png\", 'a\"; ls \".png'):\n"
     "    assert words({0}_command(name)) == ['convert', name, '{0}.pdf']\n",
     R"(AssertionError: {0}_command("my scan;1.png") is read by the shell as two commands, expected one)"},
    {"shell_list", "command", "Return the shell command that lists the {1} in a folder.",
     "返回列出目录中{2}文件的 shell 命令。", R"py(
 import shlex
 def list_command(folder, limit):
     """{5}"""
     limit = int(limit)
!    return f"ls -t {folder} | head -n {limit}"
+    return f"ls -t {shlex.quote(folder)} | head -n {limit}"
)py",
     "list_command", kShell,
     "assert words(list_command('{1}', 5)) == ['ls', '-t', '{1}', '|', 'head', '-n', '5']\n",
     "for name in ('{1}&old', \"{1}'&'old\", '{1}\"&\"old'):\n"
     "    assert words(list_command(name, 5)) == ['ls', '-t', name, '|', 'head', '-n', '5']\n",
     R"(AssertionError: list_command("{1}&old", 5): the folder must stay one word of the command)"},
    {"shell_run", "command", "Count the lines of a {0} file.", "统计{2}文件的行数。", R"py(
 import subprocess
 def count_lines(path):
     """{5}"""
!    done = subprocess.run("wc -l " + path, shell=True, capture_output=True)
+    done = subprocess.run(["wc", "-l", "--", path], capture_output=True)
     text = done.stdout.decode()
     return int(text.split()[0])
)py"},
    {"html_row", "escape", "Return the HTML of one {0} in a list.", "返回列表中一项{2}的 HTML。",
     R"py(
 import html
 def {0}_row({4}):
     """{5}"""
     text = {4}.strip()
!    return "<li>" + text + "</li>"
+    return "<li>" + html.escape(text) + "</li>"
)py",
     "{0}_row", "", "assert {0}_row(' red ') == '<li>red</li>'\n",
     "assert '<b>' not in {0}_row('<b>x</b>')\nassert 'x' in {0}_row('<b>x</b>')\n",
     R"(AssertionError: {0}_row("<b>x</b>") contains "<b>"; the text must be shown as text)"},
    {"html_link", "escape", "Return an HTML link to a {0}.", "返回指向{2}的 HTML 链接。", R"py(
 import html
 def {0}_link(key, text):
     """{5}"""
!    href = html.escape("/{1}/" + key, quote=False)
+    href = html.escape("/{1}/" + key)
     body = html.escape(text)
     return '<a href="' + href + '">' + body + "</a>"
)py",
     "{0}_link", "", "assert {0}_link('7', 'red') == '<a href=\"/{1}/7\">red</a>'\n",
     "assert {0}_link('7\" id=\"x', 'red').count('\"') == 2\n"
     "assert '<i>' not in {0}_link('7', '<i>')\n",
     R"(AssertionError: {0}_link('7" id="x', "red") holds 4 quotes, expected 2: the key leaves its attribute)"},
    {"log_line", "escape", "Return one line for the log of {1}.", "返回一行{2}日志。", R"py(
 def {0}_log_line(user, action):
     """{5}"""
     action = action.strip()
!    return "user=" + user + " action=" + action
+    user = user.replace("\n", " ").replace("\r", " ")
+    action = action.replace("\n", " ").replace("\r", " ")
+    return "user=" + user + " action=" + action
)py",
     "{0}_log_line", "", "assert {0}_log_line('ann', ' edit ') == 'user=ann action=edit'\n",
     "for part in (('ann\\nuser=bob', 'edit'), ('ann', 'edit\\nuser=bob action=edit')):\n"
     "    assert len({0}_log_line(*part).splitlines()) == 1\n",
     R"(AssertionError: {0}_log_line("ann\nuser=bob", "edit") has 2 lines, expected 1)"},
    {"redirect_path", "redirect", "Return the page of our own site to go to after login.",
     "返回登录后要跳转的本站页面。", R"py(
 def after_login(target):
     """{5}"""
     home = "/{1}"
!    if target.startswith("/"):
+    if target.startswith("/") and not target.startswith(("//", "/\\")):
:        return target
     return home
)py",
     "after_login", "",
     "assert after_login('/{1}/7') == '/{1}/7'\nassert after_login('http://example.net/') == "
     "'/{1}'\n",
     "assert after_login('//example.net/') == '/{1}'\nassert after_login('/\\\\example.net') == "
     "'/{1}'\n",
     R"(AssertionError: after_login("//example.net/") gave "//example.net/", another site (browsers read "/\" like "//"); expected "/{1}")"},
    {"redirect_host", "redirect", "May a redirect go to this host? Only to {1}.example and below.",
     "是否允许跳转到该主机？只允许 {1}.example 及其子域名。", R"py(
 def allowed_target(host):
     """{5}"""
     host = host.lower()
!    return "{1}.example" in host
+    return host == "{1}.example" or host.endswith(".{1}.example")
)py",
     "allowed_target", "",
     "assert allowed_target('{1}.example')\nassert allowed_target('WWW.{1}.example')\n"
     "assert not allowed_target('other.example')\n",
     "assert not allowed_target('{1}.example.net')\nassert not allowed_target('my{1}.example')\n",
     R"(AssertionError: allowed_target("{1}.example.net") is True, expected False)"},
    {"eval_list", "eval", "Turn a text such as \"[1, 2]\" into the list of {0} numbers.",
     "把“[1, 2]”这样的文本转换成{2}编号列表。", R"py(
 import ast
 def parse_{1}(text):
     """{5}"""
     text = text.strip()
!    return eval(text)
+    return ast.literal_eval(text)
)py",
     "parse_{1}", "", "assert parse_{1}('[1, 2]') == [1, 2]\nassert parse_{1}(' [] ') == []\n",
     R"py(
try:
    ran = parse_{1}('[len("abcdefg")]') == [7]
except Exception:
    ran = False
assert not ran
)py",
     R"(AssertionError: parse_{1}('[len("abcdefg")]') ran the text as code; it must raise ValueError)"},
    {"eval_setting", "eval", "Read settings such as \"{4}={3}\" into a dictionary of numbers.",
     "把“{4}={3}”这样的设置读成数字字典。", R"py(
 def read_settings(lines):
     """{5}"""
     settings = {}
     for line in lines:
         key, value = line.split("=", 1)
!        settings[key.strip()] = eval(value)
+        settings[key.strip()] = int(value)
     return settings
)py",
     "read_settings", "",
     "assert read_settings(['{4}={3}', 'size = 2']) == {'{4}': {3}, 'size': 2}\n", R"py(
try:
    ran = read_settings(['{4}=len("abcdefg")'])['{4}'] == 7
except Exception:
    ran = False
assert not ran
)py",
     R"(AssertionError: read_settings(['{4}=len("abcdefg")']) ran the value as code; it must raise ValueError)"},
    {"eval_pickle", "eval", "Load the {1} that a visitor uploads.", "读取访客上传的{2}。", R"py(
-import pickle
+import json
 def load_{1}(upload):
     """{5}"""
     data = upload.read()
!    {1} = pickle.loads(data)
+    {1} = json.loads(data)
     if not isinstance({1}, list):
         raise ValueError("a list is expected")
     return {1}
)py"},
};

}  // namespace

std::span<const BugTemplate> python_input_bugs() { return kBugs; }

}  // namespace assay::eval
