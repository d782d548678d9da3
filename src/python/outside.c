#include "outside.h"

#include "library.h"
#include "native.h"
#include "run.h"
#include "type.h"

#include <string.h>

/* The modules of CPython 3.8 to 3.13, but for math and random, which import.c has. */
static const char modules[] =
    "abc aifc argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii "
    "bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections "
    "colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes "
    "curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip "
    "enum errno faulthandler fcntl filecmp fileinput fnmatch formatter fractions ftplib functools gc "
    "getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp "
    "importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox "
    "mailcap marshal mimetypes mmap modulefinder multiprocessing netrc nntplib numbers opcode operator "
    "optparse os parser pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix "
    "posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc queue quopri re readline "
    "reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site "
    "smtpd smtplib sndhdr socket socketserver spwd sqlite3 ssl stat statistics string stringprep "
    "struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios "
    "textwrap this threading time timeit tkinter token tokenize tomllib traceback tracemalloc tty "
    "turtle types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser "
    "wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo __future__";

static const char of_typing[] =
    "AbstractSet Annotated Any AnyStr AsyncContextManager AsyncGenerator AsyncIterable AsyncIterator "
    "Awaitable BinaryIO ByteString Callable ChainMap ClassVar Collection Concatenate Container "
    "ContextManager Coroutine Counter DefaultDict Deque Dict Final ForwardRef FrozenSet Generator "
    "Generic Hashable IO ItemsView Iterable Iterator KeysView List Literal LiteralString Mapping "
    "MappingView Match MutableMapping MutableSequence MutableSet NamedTuple Never NewType NoReturn "
    "NotRequired Optional OrderedDict ParamSpec Pattern Protocol Required Reversible Self Sequence Set "
    "Sized SupportsAbs SupportsBytes SupportsComplex SupportsFloat SupportsIndex SupportsInt "
    "SupportsRound Text TextIO Tuple Type TypeAlias TypeGuard TypeVar TypeVarTuple TypedDict Union "
    "Unpack ValuesView assert_never assert_type clear_overloads dataclass_transform final get_args "
    "get_origin get_overloads get_type_hints is_typeddict no_type_check no_type_check_decorator "
    "overload reveal_type runtime_checkable";

static bool has_word(const char *words, const char *word, size_t length) {
    while (*words) {
        const size_t n = strcspn(words, " ");
        if (n == length && strncmp(words, word, n) == 0)
            return true;
        words += n + strspn(words + n, " ");
    }
    return false;
}

bool outside_has_python(const char *path) {
    return has_word(modules, path, strcspn(path, "."));
}

bool outside_has(const script *s, const char *path) {
    return outside_has_python(path) || has_word(s->library->others, path, strcspn(path, "."));
}

static object *new_namespace(script *s, const char *path) {
    object *o = object_string(s, path);
    o->kind = OBJECT_NAMESPACE;
    return o;
}

object *outside_object(script *s, const char *path) {
    object *o = new_namespace(s, path);
    o->is_outside = true;
    return o;
}

object *outside_typing(script *s, const char *name) {
    return has_word(of_typing, name, strlen(name))
               ? new_namespace(s, script_printf(s, "typing.%s", name))
               : NULL;
}

const char *outside_next(script *s, size_t *at) {
    const char *name = of_typing + *at + strspn(of_typing + *at, " ");
    const size_t length = strcspn(name, " ");
    *at = (size_t)(name - of_typing) + length;
    return length ? script_copy(s, name, length) : NULL;
}

bool outside_is_typing(const object *o) {
    return o->kind == OBJECT_NAMESPACE && strncmp(o->as.string, "typing.", 7) == 0;
}

/* Of a name of the library itself, nothing need be known that serves in its place. */
void outside_refuse(script *s, const char *path, mlp_span where) {
    const char *instead = s->library->instead(path);
    if (!instead)
        instead = s->library->instead_of_import(path);
    script_fail(s, where, "'%s' is outside the subset%s%s", path, *instead ? ": " : "", instead);
}

/* --- what they have that is here all the same --- */

static object *typing_cast(call *c) {
    return c->arguments[1];
}

const native native_outside[] = {
    {.path = "typing.cast", .signature = "typ, val", .call = typing_cast},
    {0}};
