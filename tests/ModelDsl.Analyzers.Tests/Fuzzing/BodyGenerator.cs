using System.Text;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>Draws bodies of methods that use a model: every kind of statement, nested in every other.</summary>
internal sealed class BodyGenerator(Random random)
{
    private const int Deepest = 4;

    private readonly StringBuilder _code = new();
    private int _names;
    private int _left;
    private int _depth;
    private bool _isInLoop;
    private bool _isInFinally;
    private bool _isIterator;
    private bool _isAsync;
    private bool _isNested;

    /// <summary>
    /// Statements that may stand at top level, with arrays x and y, an int n, a bool c and a model m declared.
    /// </summary>
    public string TopLevel()
    {
        Start(isAsync: true, isIterator: false);
        _code.Append(
            "var m = new Net(); float[] x = new float[4]; float[] y = args.Length > 0 ? [1f] : new float[3]; int n = args.Length; bool c = n > 2; int[] l = [0, 1];\n");
        Statements();
        return _code.ToString();
    }

    /// <summary>A method with a random body.</summary>
    public string Method(int number)
    {
        int kind = random.Next(6);
        Start(isAsync: kind is 4, isIterator: kind is 5);
        string type = kind switch { 4 => "async Task", 5 => "IEnumerable<float[]>", _ => "void" };
        _code.Append($"{type} M{number}(Net m, [Shape(4)] float[] x, float[] y, int n, bool c, int[] l)\n{{\n");
        Statements();
        _code.Append(kind == 5 ? "yield return x;\n}\n" : kind == 4 ? "await Task.Yield();\n}\n" : "}\n");
        return _code.ToString();
    }

    private void Start(bool isAsync, bool isIterator)
    {
        _code.Clear();
        (_left, _depth, _isAsync, _isIterator, _isInLoop, _isInFinally, _isNested) =
            (random.Next(3, 14), 0, isAsync, isIterator, false, false, false);
    }

    private void Statements()
    {
        int count = random.Next(1, 4);
        for (int i = 0; i < count && _left > 0; i++)
        {
            _left--;
            Statement();
        }
    }

    private void Statement()
    {
        int kind = _depth >= Deepest ? random.Next(12) : random.Next(31);
        string name = $"v{_names++}";
        _code.Append(kind switch
        {
            0 => $"x = {Array()};\n",
            1 => $"y = {Array()};\n",
            2 => $"n = {Number()};\n",
            3 => $"c = {Condition()};\n",
            4 => $"m.Predict({Array()});\n",
            5 => $"m.ComputeLoss({Array()}, new float[{Number()} & 7]);\n",
            6 => $"var {name} = {Array()}; y = {name};\n",
            7 => "n++;\n",
            8 => $"l = [0, {Number()}, 2];\n",
            9 => $"(x, y) = ({Array()}, x);\n",
            10 => $"System.Array.Resize(ref {(random.Next(2) == 0 ? "x" : "y")}, {Number()} & 15);\n",
            11 => _isInLoop && !_isInFinally ? (random.Next(2) == 0 ? "if (c) { break; }\n" : "if (c) { continue; }\n") : "y ??= x;\n",
            12 => $"if ({Condition()}) {Block()} else {Block()}",
            13 => $"for (int {name} = 0; {name} < {Number()}; {name}++) {Block(isLoop: true)}",
            14 => $"foreach (float {name} in {Array()}) {Block(isLoop: true)}",
            15 => $"while ({Condition()}) {Block(isLoop: true)}",
            16 => $"do {Block(isLoop: true)} while ({Condition()});\n",
            17 => _isIterator ? $"try {Block()} finally {Block(isFinally: true)}" : $"try {Block()} catch (FormatException) {Block()}",
            18 => _isIterator ? $"lock (m) {Block()}" : $"try {Block()} catch (Exception {name}) when ({Condition()} && {name}.HResult != n) {Block()} catch {Block()} finally {Block(isFinally: true)}",
            19 => $"try {Block()} finally {Block(isFinally: true)}",
            20 => $"using (var {name} = new System.IO.MemoryStream({Number()} & 7)) {Block()}",
            21 => _isAsync || _isNested ? $"{{ using var {name} = new System.IO.MemoryStream(); {Body()} }}\n" : $"lock (m) {Block()}",
            22 => $"switch ({Number()}) {{ case 1: {Body()} break; case 2 when {Condition()}: {Body()} break; case > 5 and < 9: {Body()} goto case 1; default: {Body()} break; }}\n",
            23 => $"x = {Number()} switch {{ 1 => {Array()}, > 3 => {Array()}, int {name} when {name} == n => {Array()}, _ => y }};\n",
            24 => $"if ({Array()} is {{ Length: > 2 and var {name} }} && {Condition()}) {{ n = {name}; {Body()} }}\n",
            25 => $"if (x is [var {name}, .. var {name}b]) {{ y = {name}b; n = (int){name}; {Body()} }}\n",
            26 => $"void {name}() {Function()} {name}();\n",
            27 => $"Action<float[]> {name} = z => {Function()}; {name}({Array()});\n",
            28 => $"Func<Task> {name} = async () => {{ await Task.Yield(); {FunctionBody()} }}; _ = {name}();\n",
            29 => $"{name}: n++; {Body()} if ({Condition()} && n < 9) {{ goto {name}; }}\n",
            _ => _isIterator && !_isInFinally && !_isNested ? $"yield return {Array()};\n"
                : _isAsync && !_isInFinally && !_isNested ? "await Task.Delay(n);\n"
                : $"ref float[] {name} = ref {(random.Next(2) == 0 ? "x" : "y")}; {name} = {Array()};\n",
        });
    }

    private string Block(bool isLoop = false, bool isFinally = false)
    {
        (bool loop, bool final) = (_isInLoop, _isInFinally);

        // Nothing leaves a finally block, but a loop in it may be left.
        (_isInLoop, _isInFinally) = isFinally ? (false, true) : isLoop ? (true, _isInFinally) : (loop, final);
        string text = $"{{\n{Body()}}}\n";
        (_isInLoop, _isInFinally) = (loop, final);
        return text;
    }

    private string Function() => $"{{\n{FunctionBody()}}}\n";

    private string FunctionBody()
    {
        (bool loop, bool final, bool nested) = (_isInLoop, _isInFinally, _isNested);
        (_isInLoop, _isInFinally, _isNested) = (false, false, true);
        string text = Body();
        (_isInLoop, _isInFinally, _isNested) = (loop, final, nested);
        return text;
    }

    private string Body()
    {
        // What is drawn meanwhile is put in place of a hole.
        int start = _code.Length;
        _depth++;
        Statements();
        _depth--;
        string text = _code.ToString(start, _code.Length - start);
        _code.Length = start;
        return text;
    }

    private string Array() => random.Next(10) switch
    {
        0 => "x",
        1 => "y",
        2 => $"new float[{random.Next(1, 9)}]",
        3 => $"new float[{Number()} & 15]",
        4 => "[1f, 2f, .. x]",
        5 => "m.Predict(x).ToArray()",
        6 => $"x.AsSpan(0, {random.Next(5)}).ToArray()",
        7 => "(c ? x : y)",
        8 => "(y ?? x)",
        _ => "(c ? new float[4] : x)",
    };

    private string Number() => random.Next(7) switch
    {
        0 => "n",
        1 => "x.Length",
        2 => "(n + 1)",
        3 => "(n * 2 - y.Length)",
        4 => "(c ? n : 3)",
        _ => random.Next(12).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private string Condition() => random.Next(6) switch
    {
        0 => "c",
        1 => $"{Number()} > {Number()}",
        2 => "x.Length == 4",
        3 => "m.Predict(x)[0] > 0f",
        4 => "!c",
        _ => $"(c || n != {Number()})",
    };
}
