// Python bugs of missing checks, bounds, numbers and races; see bug_items.h.
#include "eval/items/bug_items.h"

namespace assay::eval {
namespace {

constexpr std::string_view kRefuses = R"py(
def refuses(call):
    try:
        call()
    except Exception:
        return True
    return False
)py";

constexpr BugTemplate kBugs[] = {
    {"check_delete", "check", "Delete a {0}; only its owner may do so.",
     "删除一条{2}；只有所有者可以删除。", R"py(
 def delete_{0}(store, user, key):
     """{5}"""
     item = store[key]
+    if item["owner"] != user:
+        raise PermissionError("not the owner")
     name = item["{4}"]
~    del store[key]
     return name
)py",
     "delete_{0}",
     R"py(
def refuses(call):
    try:
        return call() is None
    except Exception:
        return True
store = {1: {'owner': 'ann', '{4}': 'red'}, 2: {'owner': 'bob', '{4}': 'blue'}}
)py",
     "assert delete_{0}(store, 'ann', 1) == 'red'\nassert list(store) == [2]\n",
     "refuses(lambda: delete_{0}(store, 'ann', 2))\nassert 2 in store\n",
     R"(AssertionError: delete_{0}(store, "ann", 2) deleted an entry of "bob"; it must raise PermissionError)"},
    {"check_role", "check", "Give a user a role; only an \"admin\" may do so.",
     "给用户分配角色；只有 admin 可以操作。", R"py(
 def set_role(roles, actor, user, role):
     """{5}"""
     if role not in ("reader", "editor", "admin"):
         raise ValueError("unknown role")
!    if actor not in roles:
+    if roles.get(actor) != "admin":
         raise PermissionError("not allowed")
:    roles[user] = role
     return "{0}: " + role
)py",
     "set_role", kRefuses,
     "roles = {'ann': 'admin', 'bob': 'reader'}\n"
     "assert set_role(roles, 'ann', 'bob', 'editor') == '{0}: editor'\n"
     "assert roles['bob'] == 'editor'\n"
     "assert refuses(lambda: set_role(roles, 'eve', 'eve', 'admin'))\n",
     "roles = {'ann': 'admin', 'bob': 'reader'}\n"
     "refuses(lambda: set_role(roles, 'bob', 'bob', 'admin'))\nassert roles['bob'] == 'reader'\n",
     R"(AssertionError: set_role(roles, "bob", "bob", "admin") made the reader "bob" an admin)"},
    {"check_update", "check", "Apply a user's changes to a {0}: only `{4}` and `note`.",
     "把用户的修改写入{2}：只允许改 {4} 和 note。", R"py(
 def update_{0}(item, changes):
     """{5}"""
     item = dict(item)
!    item.update(changes)
+    for key in ("{4}", "note"):
+        if key in changes:
+            item[key] = changes[key]
     item["version"] += 1
     return item
)py",
     "update_{0}", kRefuses,
     "old = {'owner': 'ann', '{4}': 'red', 'version': 1}\n"
     "assert update_{0}(old, {'{4}': 'blue'}) == {'owner': 'ann', '{4}': 'blue', 'version': 2}\n"
     "assert update_{0}(old, {'note': 'x'})['note'] == 'x'\n",
     "old = {'owner': 'ann', '{4}': 'red', 'version': 1}\n"
     "got = []\nrefuses(lambda: got.append(update_{0}(old, {'owner': 'bob'})))\n"
     "assert all(item['owner'] == 'ann' for item in got)\n"
     "got = []\nrefuses(lambda: got.append(update_{0}(old, {'version': 90})))\n"
     "assert all(item['version'] == 2 for item in got)\n",
     R"(AssertionError: update_{0}(item, {"owner": "bob"}) changed the owner, expected "ann" as before)"},
    {"check_search", "check", "Return the ids of the user's own {1} with this {4}.",
     "返回该用户自己的、{4}相符的{2}编号。", R"py(
 def my_{1}(rows, user, {4}):
     """{5}"""
     found = []
     for row in rows:
!        if row["{4}"] == {4}:
+        if row["owner"] == user and row["{4}"] == {4}:
             found.append(row["id"])
     return found
)py",
     "my_{1}",
     "rows = [{'id': 1, 'owner': 'ann', '{4}': 'red'}, {'id': 2, 'owner': 'bob', '{4}': 'blue'},\n"
     "        {'id': 3, 'owner': 'bob', '{4}': 'red'}]\n",
     "assert my_{1}(rows, 'bob', 'blue') == [2]\nassert my_{1}(rows, 'ann', 'green') == []\n",
     "assert my_{1}(rows, 'ann', 'red') == [1]\nassert my_{1}(rows, 'eve', 'red') == []\n",
     R"(AssertionError: my_{1}(rows, "ann", "red") gave [1, 3], expected [1]: entry 3 belongs to "bob")"},
    {"bounds_at", "bounds", "Return the {0} at this position from 0, or None outside.",
     "返回从 0 数起该位置的{2}，超出范围返回 None。", R"py(
 def {0}_at({1}, position):
     """{5}"""
     count = len({1})
!    if position > count:
+    if position < 0 or position >= count:
         return None
:    return {1}[position]
)py",
     "{0}_at", "", "assert {0}_at(['a', 'b'], 1) == 'b'\nassert {0}_at(['a', 'b'], 9) is None\n",
     "assert {0}_at(['a', 'b'], 2) is None\nassert {0}_at(['a', 'b'], -1) is None\n",
     R"(IndexError: list index out of range in {0}_at(["a", "b"], 2); expected None. Also {0}_at(["a", "b"], -1) gave "b", expected None)"},
    {"bounds_echo", "bounds", "Return `size` bytes from `start`; ValueError if not all are there.",
     "返回从 start 起的 size 个字节；不足则抛出 ValueError。", R"py(
 def {0}_bytes(memory, start, size, end):
     """{5}"""
+    if start < 0 or size < 0 or start + size > end:
+        raise ValueError("out of range")
!    if start > end:
-        raise ValueError("out of range")
:    part = memory[start:start + size]
     return bytes(part)
)py",
     "{0}_bytes", kRefuses,
     "assert {0}_bytes(b'abcdSECRET', 1, 3, 4) == b'bcd'\n"
     "assert refuses(lambda: {0}_bytes(b'abcdSECRET', 5, 1, 4))\n",
     "assert refuses(lambda: {0}_bytes(b'abcdSECRET', 0, 10, 4))\n"
     "assert refuses(lambda: {0}_bytes(b'abcdSECRET', 4, 2, 4))\n",
     R"(AssertionError: {0}_bytes(b"abcdSECRET", 0, 10, 4) gave 10 bytes beyond the end 4; it must raise ValueError)"},
    {"integer_pack", "integer",
     "Return `n` as two bytes, high first; ValueError if it does not fit.",
     "把 n 写成两个字节，高位在前；放不下则抛出 ValueError。", R"py(
 def {0}_size_bytes(n):
     """{5}"""
+    if not 0 <= n <= 65535:
+        raise ValueError("does not fit")
~    high = (n >> 8) & 255
:    low = n & 255
     return bytes([high, low])
)py",
     "{0}_size_bytes", kRefuses,
     "assert {0}_size_bytes(258) == b'\\x01\\x02'\nassert {0}_size_bytes(65535) == b'\\xff\\xff'\n",
     "assert refuses(lambda: {0}_size_bytes(65536))\nassert refuses(lambda: {0}_size_bytes(-1))\n",
     R"(AssertionError: {0}_size_bytes(65536) gave b"\x00\x00"; it must raise ValueError)"},
    {"integer_sign", "integer", "Take an amount off a balance; ValueError if that cannot be.",
     "从余额中扣款；不能扣则抛出 ValueError。", R"py(
 def pay_{0}(balance, amount):
     """{5}"""
!    if amount > balance:
+    if amount <= 0 or amount > balance:
         raise ValueError("cannot pay")
:    rest = balance - amount
     return rest
)py",
     "pay_{0}", kRefuses,
     "assert pay_{0}(100, {3}) == 100 - {3}\nassert refuses(lambda: pay_{0}(10, 11))\n",
     "assert refuses(lambda: pay_{0}(100, -{3}))\n",
     R"(AssertionError: pay_{0}(100, -{3}) raised the balance; a negative amount must raise ValueError)"},
    {"validation_match", "validation", "Is this a {0} code: three letters a-z and two digits?",
     "这是不是{2}代码：三个小写字母加两个数字？", R"py(
 import re
 def is_{0}_code(text):
     """{5}"""
     pattern = "[a-z][a-z][a-z][0-9][0-9]"
!    return re.match(pattern, text) is not None
+    return re.fullmatch(pattern, text) is not None
)py",
     "is_{0}_code", "",
     "assert is_{0}_code('abc12')\nassert not is_{0}_code('ab123')\nassert not is_{0}_code('')\n",
     "assert not is_{0}_code('abc12; x')\nassert not is_{0}_code('abc12\\n')\n",
     R"(AssertionError: is_{0}_code("abc12; x") is True, expected False)"},
    {"validation_suffix", "validation", "May this file be uploaded as a {0}? Only .png and .jpg.",
     "该文件能否作为{2}上传？只允许 .png 和 .jpg。", R"py(
 def may_upload(name):
     """{5}"""
     allowed = (".png", ".jpg")
     name = name.lower()
!    return any(end in name for end in allowed)
+    return name.endswith(allowed)
)py",
     "may_upload", "",
     "assert may_upload('{0}.png')\nassert may_upload('A.JPG')\nassert not may_upload('a.txt')\n",
     "assert not may_upload('{0}.png.html')\nassert not may_upload('.jpg.exe')\n",
     R"(AssertionError: may_upload("{0}.png.html") is True, expected False)"},
    {"race_file", "race", "Create the file of a new {0}; never overwrite one.",
     "为新的{2}创建文件；绝不覆盖已有文件。", R"py(
 import os
 def create_{0}(path, text):
     """{5}"""
!    if os.path.exists(path):
-        raise FileExistsError(path)
-    with open(path, "w") as out:
+    with open(path, "x") as out:
         out.write(text)
     return len(text)
)py"},
    {"race_stock", "race", "Sell one {0}, called from several threads.",
     "卖出一件{2}，会被多个线程调用。", R"py(
 def sell_{0}(stock, lock):
     """{5}"""
-    if stock["{1}"] < 1:
-        return False
!    stock["{1}"] -= 1
-    return True
+    with lock:
+        if stock["{1}"] < 1:
+            return False
+        stock["{1}"] -= 1
+        return True
)py"},
    {"race_temp", "race", "Write a {0} to a new temporary file and return its path.",
     "把{2}写入新的临时文件并返回路径。", R"py(
 import os
 import tempfile
 def store_{0}(text):
     """{5}"""
!    path = tempfile.mktemp(suffix=".{0}")
-    with open(path, "w") as out:
+    handle, path = tempfile.mkstemp(suffix=".{0}")
+    with os.fdopen(handle, "w") as out:
         out.write(text)
     return path
)py"},
};

}  // namespace

std::span<const BugTemplate> python_logic_bugs() { return kBugs; }

}  // namespace assay::eval
