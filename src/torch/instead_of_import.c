/* What to write instead of modules of Python's and others', and of parts of them, that are outside
 * the subset. */
#include "torch.h"

#include <string.h>

typedef struct {
    const char *paths; /* separated by spaces; each is also that of what stands in it */
    const char *advice;
} instead;

/* The first row that fits counts. Of modules that are here in part, the rest is meant. */
static const instead table[] = {
    /* arrays, data, files */
    {"numpy.load numpy.save numpy.savez numpy.loadtxt numpy.genfromtxt numpy.fromfile",
     "write the numbers into torch.tensor([...]), with their dtype"},
    {"numpy.random", "write torch.rand or torch.randn behind torch.manual_seed(0), or the numbers"},
    {"numpy.pi numpy.e numpy.inf numpy.nan", "write it with math, as math.pi"},
    {"numpy.exp numpy.log numpy.sqrt numpy.sin numpy.cos numpy.tanh numpy.floor numpy.ceil",
     "write math's function of a number, and torch's of a tensor"},
    {"numpy",
     "write torch.tensor([...], dtype=torch.float64), as numpy has it, and torch's functions"},
    {"sklearn.metrics torchmetrics",
     "compute it of tensors: (prediction == target).float().mean() is the accuracy"},
    {"sklearn.preprocessing", "compute it of tensors: (x - x.mean(0)) / x.std(0, unbiased=False)"},
    {"sklearn.model_selection", "slice the rows: x[:n], x[n:]"},
    {"scipy.special scipy.stats scipy.optimize scipy.linalg", "write torch's functions of tensors"},
    {"pandas sklearn scipy torchvision torchaudio torchtext PIL cv2 skimage imageio csv pickle "
     "h5py joblib",
     "write the numbers into torch.tensor([...]), with their dtype"},
    {"requests urllib http socket socketserver ssl ftplib imaplib poplib smtplib telnetlib xmlrpc "
     "webbrowser",
     "write the numbers into torch.tensor([...]), with their dtype: nothing is downloaded"},
    {"json yaml configparser tomllib plistlib", "print the numbers, or write them into the script"},
    {"pathlib os io shutil glob fnmatch tempfile fileinput filecmp zipfile tarfile gzip bz2 lzma "
     "mmap sqlite3 dbm shelve marshal xml html sys.stdin",
     "write the numbers into the script: no files are read or written"},
    /* pictures, reports */
    {"matplotlib mpl_toolkits seaborn plotly graphviz torchviz networkx turtle tkinter curses",
     "print the numbers"},
    {"tensorboard tensorboardX wandb", "print the numbers"},
    {"torchsummary torchinfo", "write print(net)"},
    {"IPython ipywidgets", "write print()"},
    {"tqdm", "write the loop without it: for x in items"},
    /* what differs from run to run, or from machine to machine */
    {"time timeit cProfile profile pstats tracemalloc resource",
     "leave it out: what it measures differs from run to run"},
    {"datetime calendar zoneinfo", "leave it out: what it tells differs from run to run"},
    {"secrets uuid", "write random, behind random.seed(0): this differs from run to run"},
    {"platform getpass pwd grp locale sysconfig site sys.version sys.executable",
     "leave it out: what it tells differs from machine to machine"},
    /* more than one thread of thought */
    {"threading multiprocessing concurrent asyncio subprocess signal queue sched select selectors "
     "contextvars",
     "call the functions one after the other"},
    /* other ways to write things */
    {"abc", "raise NotImplementedError in the method"},
    {"traceback", "print the exception itself"},
    {"decimal", "write floats"},
    {"cmath", "write math, of real numbers"},
    {"numbers", "write (int, float)"},
    {"array", "write a list"},
    {"re", "write the methods of str: split(), replace(), startswith(), and in"},
    {"string", "write an f-string"},
    {"collections.ChainMap", "write {**b, **a}"},
    {"collections.UserDict collections.UserList collections.UserString",
     "keep a dict, a list or a str in the object"},
    {"enum", "derive from Enum, and write .value for the number"},
    {"functools.cmp_to_key", "write a key= that is compared"},
    {"functools", "write a def"},
    {"operator", "write a lambda"},
    {"itertools", "write the loops, or a comprehension"},
    {"copyreg weakref", "write the object itself"},
    {"ast", "write the value itself"},
    {"difflib", "compare with =="},
    {"optparse getopt", "write argparse, with its defaults"},
    {"unittest.mock", "write a function of your own"},
    {"doctest", "write assert"},
    {"einops", "write reshape() and permute()"},
    {"tensorflow keras jax sympy", "write it with torch"},
    {"numba", "leave out the decorator"},
    {"pytorch_lightning lightning",
     "write the loop: optimizer.zero_grad(), loss.backward(), optimizer.step()"},
};

static bool has_path(const char *paths, const char *path) {
    while (*paths) {
        const size_t n = strcspn(paths, " ");
        if (strncmp(path, paths, n) == 0 && (path[n] == '\0' || path[n] == '.'))
            return true;
        paths += n + strspn(paths + n, " ");
    }
    return false;
}

const char *torch_instead_of_import(const char *path) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (has_path(table[i].paths, path))
            return table[i].advice;
    return "leave it out";
}
