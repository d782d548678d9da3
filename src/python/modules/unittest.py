# unittest: tests that pass, or the first that fails ends the script with what it raises
import sys as _sys


class SkipTest(Exception):
    pass


def skip(reason):
    def mark(test):
        test._is_skipped = True
        return test
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else lambda test: test


def skipUnless(condition, reason):
    return skipIf(not condition, reason)


def _said(msg, usual):
    return usual if msg is None else f'{usual} : {msg}'


class _Raises:
    def __init__(self, expected):
        self.expected, self.exception = expected, None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is None:
            raise AssertionError(f'{self.expected.__name__} not raised')
        self.exception = error
        return isinstance(error, self.expected)


class _SubTest:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        return False


class TestCase:
    failureException = AssertionError

    def __init__(self, methodName='runTest'):
        self._testMethodName, self._cleanups = methodName, []

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def setUp(self):
        pass

    def tearDown(self):
        pass

    def id(self):
        return f'{type(self).__module__}.{type(self).__qualname__}.{self._testMethodName}'

    def addCleanup(self, function, /, *args, **more):
        self._cleanups.append((function, args, more))

    def subTest(self, msg=None, **params):
        return _SubTest()

    def skipTest(self, reason):
        raise SkipTest(reason)

    def run(self, result=None):
        test = getattr(self, self._testMethodName)
        if hasattr(test, '_is_skipped') or hasattr(type(self), '_is_skipped'):
            return
        try:
            self.setUp()
            test()
        except SkipTest:
            pass
        self.tearDown()
        while self._cleanups:
            function, args, more = self._cleanups.pop()
            function(*args, **more)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _check(self, holds, usual, msg):
        if not holds:
            self.fail(_said(msg, usual))

    def assertTrue(self, expr, msg=None):
        if not expr:
            self.fail(_said(msg, f'{expr!r} is not true'))

    def assertFalse(self, expr, msg=None):
        if expr:
            self.fail(_said(msg, f'{expr!r} is not false'))

    def _compare(self, holds, first, text, second, msg):
        if not holds:
            self.fail(_said(msg, f'{first!r} {text} {second!r}'))

    def assertEqual(self, first, second, msg=None):
        self._compare(first == second, first, '!=', second, msg)

    def assertNotEqual(self, first, second, msg=None):
        self._compare(first != second, first, '==', second, msg)

    assertListEqual = assertTupleEqual = assertDictEqual = assertSetEqual = assertEqual
    assertMultiLineEqual = assertSequenceEqual = assertEqual

    def assertIs(self, first, second, msg=None):
        self._compare(first is second, first, 'is not', second, msg)

    def assertIsNot(self, first, second, msg=None):
        self._compare(first is not second, first, 'is', second, msg)

    def assertIsNone(self, obj, msg=None):
        self._compare(obj is None, obj, 'is not', None, msg)

    def assertIsNotNone(self, obj, msg=None):
        self._check(obj is not None, 'unexpectedly None', msg)

    def assertIn(self, member, container, msg=None):
        self._compare(member in container, member, 'not found in', container, msg)

    def assertNotIn(self, member, container, msg=None):
        self._compare(member not in container, member, 'unexpectedly found in', container, msg)

    def assertIsInstance(self, obj, cls, msg=None):
        self._compare(isinstance(obj, cls), obj, 'is not an instance of', cls, msg)

    def assertNotIsInstance(self, obj, cls, msg=None):
        self._compare(not isinstance(obj, cls), obj, 'is an instance of', cls, msg)

    def assertLess(self, a, b, msg=None):
        self._compare(a < b, a, 'not less than', b, msg)

    def assertLessEqual(self, a, b, msg=None):
        self._compare(a <= b, a, 'not less than or equal to', b, msg)

    def assertGreater(self, a, b, msg=None):
        self._compare(a > b, a, 'not greater than', b, msg)

    def assertGreaterEqual(self, a, b, msg=None):
        self._compare(a >= b, a, 'not greater than or equal to', b, msg)

    def _almost(self, first, second, places, delta):
        if delta is not None:
            return first == second or abs(first - second) <= delta
        return first == second or round(abs(second - first), 7 if places is None else places) == 0

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        self._compare(self._almost(first, second, places, delta), first, '!=', second, msg)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        self._compare(not self._almost(first, second, places, delta), first, '==', second, msg)

    def assertCountEqual(self, first, second, msg=None):
        left = list(second)
        for x in first:
            self._check(x in left, 'Element counts were not equal', msg)
            left.remove(x)
        self._check(not left, 'Element counts were not equal', msg)

    def assertRaises(self, expected_exception, *args, **more):
        if not args:
            return _Raises(expected_exception)
        with _Raises(expected_exception):
            args[0](*args[1:], **more)


class TestResult:
    def __init__(self):
        self.testsRun, self.failures, self.errors, self.skipped = 0, [], [], []

    def wasSuccessful(self):
        return True


class TestSuite:
    def __init__(self, tests=()):
        self._tests = list(tests)

    def addTest(self, test):
        self._tests.append(test)

    def addTests(self, tests):
        self._tests.extend(tests)

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return sum([t.countTestCases() if isinstance(t, TestSuite) else 1 for t in self._tests])


class TestLoader:
    def getTestCaseNames(self, testCaseClass):
        return sorted([name for name in members(testCaseClass, True) if name[:4] == 'test'])

    def loadTestsFromTestCase(self, testCaseClass):
        return TestSuite([testCaseClass(n) for n in self.getTestCaseNames(testCaseClass)])

    def loadTestsFromModule(self, module):
        names = script_names()
        found = [names[n] for n in sorted(names) if isinstance(names[n], type)]
        return TestSuite([self.loadTestsFromTestCase(c) for c in found if issubclass(c, TestCase)])


defaultTestLoader = TestLoader()


def makeSuite(testCaseClass, prefix='test'):
    return defaultTestLoader.loadTestsFromTestCase(testCaseClass)


def _flat(tests):
    for test in tests:
        if isinstance(test, TestSuite):
            yield from _flat(test)
        else:
            yield test


# What it says goes to stderr, and has the time in it: it is left out.
class TextTestRunner:
    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False):
        if stream is not None and stream is not _sys.stderr:
            refuse('a report of tests to a stream is outside the subset: it has the time in it')

    def run(self, test):
        result, before = TestResult(), None
        for case in _flat(test):
            if type(case) is not before:
                if before is not None:
                    before.tearDownClass()
                before = type(case)
                before.setUpClass()
            case.run(result)
            result.testsRun += 1
        if before is not None:
            before.tearDownClass()
        return result


class _Program:
    def __init__(self, result):
        self.result = result


def main(module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=None,
         exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None):
    if argv is not None and len(argv) > 1 or defaultTest is not None or buffer:
        refuse('main() of unittest is supported for all tests of the script')
    result = TextTestRunner().run(defaultTestLoader.loadTestsFromModule(None))
    if exit:
        _sys.exit(0)
    return _Program(result)
