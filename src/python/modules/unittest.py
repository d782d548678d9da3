# unittest: of main(), the first test that fails ends the script with what it raises
import io as _io
import sys as _sys


class SkipTest(Exception):
    pass


def skip(reason):
    def mark(test):
        test._is_skipped = reason
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
    def __init__(self, case, msg, params):
        self._case, self._outer = case, case._params
        self._params = {**params, **{k: v for k, v in case._params.items() if k not in params}}
        given = ', '.join([f'{k}={v!r}' for k, v in self._params.items()])
        said = ([] if msg is None else [f'[{msg}]']) + ([f'({given})'] if given else [])
        self._said = ' '.join(said) or '(<subtest>)'

    def id(self):
        return f'{self._case.id()} {self._said}'

    def __str__(self):
        return f'{self._case} {self._said}'

    def __repr__(self):
        return '<unittest.case._SubTest testMethod=runTest>'

    def __enter__(self):
        self._case._params = self._params

    def __exit__(self, kind, error, trace):
        case = self._case
        case._params = self._outer
        if error is None or not isinstance(error, Exception) or case._result._ends:
            return False
        case._passed = False
        if isinstance(error, SkipTest):
            case._result.addSkip(self, str(error))
        else:
            case._result.addSubTest(case, self, (kind, error, trace))
        return True


class TestCase:
    failureException = AssertionError

    def __init__(self, methodName='runTest'):
        self._testMethodName, self._cleanups, self._params = methodName, [], {}

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

    def __str__(self):
        return f'{self._testMethodName} ({self.id()})'

    def __repr__(self):
        kind = type(self)
        return f'<{kind.__module__}.{kind.__qualname__} testMethod={self._testMethodName}>'

    def countTestCases(self):
        return 1

    def addCleanup(self, function, /, *args, **more):
        self._cleanups.append((function, args, more))

    def subTest(self, msg=None, **params):
        return _SubTest(self, msg, params)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def _note(self, error, told):
        self._passed = False
        if isinstance(error, SkipTest):
            self._result.addSkip(self, str(error))
        elif isinstance(error, self.failureException):
            self._result.addFailure(self, told)
        else:
            self._result.addError(self, told)

    def _try(self, function, args, more):
        """Whether it raised nothing."""
        try:
            function(*args, **more)
            return True
        except Exception as error:
            if self._result._ends and not isinstance(error, SkipTest):
                raise
            self._note(error, _sys.exc_info())
            return False

    def _run(self):
        test, self._passed = getattr(self, self._testMethodName), True
        if hasattr(test, '_is_skipped') or hasattr(type(self), '_is_skipped'):
            marked = test if hasattr(test, '_is_skipped') else type(self)
            self._result.addSkip(self, marked._is_skipped)
            return
        if self._try(self.setUp, (), {}):
            self._try(test, (), {})
            self._try(self.tearDown, (), {})
        self.doCleanups()
        if self._passed:
            self._result.addSuccess(self)

    def doCleanups(self):
        while self._cleanups:
            self._try(*self._cleanups.pop())

    def run(self, result=None):
        self._result = TestResult() if result is None else result
        self._result.startTest(self)
        self._run()
        self._result.stopTest(self)
        return self._result

    def __call__(self, result=None):
        return self.run(result)

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


# What stands for the text of a traceback.
class _Trace:
    def _refuse(self, *args):
        refuse('the text of a traceback is outside the subset: print which test it is')

    __str__ = __repr__ = __len__ = __iter__ = __contains__ = __getattr__ = _refuse


class TestResult:
    _name, _ends = 'unittest.result.TestResult', False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.testsRun, self.failures, self.errors, self.skipped = 0, [], [], []
        self.expectedFailures, self.unexpectedSuccesses = [], []
        self.failfast = self.shouldStop = False

    def startTest(self, test):
        self.testsRun += 1

    def stopTest(self, test):
        pass

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addFailure(self, test, err):
        self.failures.append((test, _Trace()))
        self.shouldStop = self.shouldStop or self.failfast

    def addError(self, test, err):
        self.errors.append((test, _Trace()))
        self.shouldStop = self.shouldStop or self.failfast

    def addSubTest(self, test, subtest, err):
        is_failure = isinstance(err[1], test.failureException)
        (self.failures if is_failure else self.errors).append((subtest, _Trace()))
        self.shouldStop = self.shouldStop or self.failfast

    def stop(self):
        self.shouldStop = True

    def wasSuccessful(self):
        return not self.failures and not self.errors

    def __repr__(self):
        return (f'<{self._name} run={self.testsRun} errors={len(self.errors)} '
                f'failures={len(self.failures)}>')


class TextTestResult(TestResult):
    _name = 'unittest.runner.TextTestResult'


def _leave(case_class):
    if case_class is not None and not hasattr(case_class, '_is_skipped'):
        case_class.tearDownClass()


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
        return sum([t.countTestCases() for t in self._tests])

    def run(self, result, debug=False):
        before = None
        for case in _flat(self._tests):
            if result.shouldStop:
                break
            if type(case) is not before:
                _leave(before)
                before = type(case)
                if not hasattr(before, '_is_skipped'):
                    before.setUpClass()
            case.run(result)
        _leave(before)
        return result

    def __call__(self, result):
        return self.run(result)


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


def _timed(*args):
    refuse('the report of tests is outside the subset: it has the time in it')


# What it says goes to stderr, and has the time in it: it is left out.
class TextTestRunner:
    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False,
                 resultclass=None):
        self._ends, self._failfast, self._class = False, failfast, resultclass or TextTestResult
        if isinstance(stream, _io.StringIO):
            stream.getvalue = stream.read = stream.readline = stream.tell = _timed
        elif stream is not None and stream is not _sys.stderr:
            refuse('a report of tests to a stream is outside the subset: it has the time in it')

    def run(self, test):
        result = self._class(None, True, 1)
        result.failfast, result._ends = self._failfast, self._ends
        TestSuite([test]).run(result)
        return result


class _Program:
    def __init__(self, result):
        self.result = result


def main(module='__main__', defaultTest=None, argv=None, testRunner=None, testLoader=None,
         exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None):
    if argv is not None and len(argv) > 1 or defaultTest is not None or buffer:
        refuse('main() of unittest is supported for all tests of the script')
    runner = TextTestRunner()
    runner._ends = True
    result = runner.run(defaultTestLoader.loadTestsFromModule(None))
    if exit:
        _sys.exit(0)
    return _Program(result)
