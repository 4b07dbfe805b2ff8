namespace ModelDsl.Analyzers.Tests.CallSites;

/// <summary>Whatever holds code is analysed, and each mistake is reported once.</summary>
public sealed class BodyTests
{
    private const string Wrong = "{|MDL0201:{|from:new float[3]|}|}";
    private const string Message = "Four.Predict expects 4 values per sample, got 3";
    private const string Four = "[Model, Input(4), Dense(1), MeanSquaredError] public partial class Four;";

    [Theory]
    [InlineData($"var w = new Four(1); w.Predict({Wrong});")]
    [InlineData(
        $"var w = new Four(1); var x = {{|from:new float[3]|}}; for (int i = 0; i < 3; i++) {{ w.Predict({{|MDL0201:x|}}); }}")]
    [InlineData($"var w = new Four(1); Run(); void Run() {{ w.Predict({Wrong}); }}")]
    [InlineData($"var w = new Four(1); System.Action run = () => w.Predict({Wrong}); run();")]
    [InlineData($"var w = new Four(1); await System.Threading.Tasks.Task.Yield(); w.Predict({Wrong});")]
    [InlineData($"static float F(Four m) => m.Predict({Wrong})[0]; return (int)F(new Four(1));")]
    public Task Top_level_statements_report_MDL0201(string statements) => ReportsAsync(statements, 1);

    [Theory]
    [InlineData("class C { C(Four m) { m.Predict(#); } }")]
    [InlineData("class C { C(float x) { } C(Four m) : this(m.Predict(#)[0]) { } }")]
    [InlineData("class B { protected B(float x) { } } class C : B { C(Four m) : base(m.Predict(#)[0]) { } }")]
    [InlineData("class B(float x) { public float X => x; } class C(Four m) : B(m.Predict(#)[0]) { }")]
    [InlineData("class C(Four m) { float Y => m.Predict(#)[0]; }")]
    [InlineData("class C { static float x; static C() { x = new Four().Predict(#)[0]; } }")]
    [InlineData("class C { float x = new Four().Predict(#)[0]; }")]
    [InlineData("class C { static float X { get; } = new Four().Predict(#)[0]; }")]
    [InlineData("class C { System.Func<Four, float> f = m => m.Predict(#)[0]; }")]
    [InlineData("class C { float F(Four m) => m.Predict(#)[0]; }")]
    [InlineData("class C { Four m = new(); float P { get { return m.Predict(#)[0]; } } }")]
    [InlineData("class C { Four m = new(); float P { set { m.Predict(#); } } }")]
    [InlineData("class C { Four m = new(); float P { init => m.Predict(#); } }")]
    [InlineData("class C { Four m = new(); float this[int i] => m.Predict(#)[i]; }")]
    [InlineData("class C { public static float operator +(C a, Four m) => m.Predict(#)[0]; }")]
    [InlineData("class C { public static implicit operator float(C a) => new Four().Predict(#)[0]; }")]
    [InlineData("class C { ~C() { new Four().Predict(#); } }")]
    [InlineData("class C { event System.Action E { add { new Four().Predict(#); } remove { } } }")]
    [InlineData("class C { void F(Four m) { System.Action a = () => { G(); void G() { m.Predict(#); } }; a(); } }")]
    [InlineData(
        "class C { void F(Four m) { System.Func<System.Threading.Tasks.Task> a = async () => { await System.Threading.Tasks.Task.Yield(); m.Predict(#); }; a(); } }")]
    [InlineData(
        "class C { System.Collections.Generic.IEnumerable<float> F(Four m) { yield return m.Predict(#)[0]; } }")]
    [InlineData("class C { string F(Four m) => $\"{m.Predict(#)[0]:F2}\"; }")]
    [InlineData("class C { float[] F(Four m) => [m.Predict(#)[0], 1f]; }")]
    [InlineData("class C { float F(Four m, int i) => i switch { 1 => m.Predict(#)[0], _ => 0f }; }")]
    [InlineData("class C { float F(Four? m) => m is { } n ? n.Predict(#)[0] : 0f; }")]
    [InlineData(
        "class C { async System.Collections.Generic.IAsyncEnumerable<float> F(Four m) { await System.Threading.Tasks.Task.Yield(); yield return m.Predict(#)[0]; } }")]
    [InlineData("class C { object F(Four m) => new { P = m.Predict(#)[0] }; }")]
    [InlineData(
        "class C { void F(Four m) { lock (m) { using var s = new System.IO.MemoryStream(); try { m.Predict(#); } finally { s.Flush(); } } } }")]
    [InlineData("class C { void F(Four m) { try { } catch (System.Exception) when (m.Predict(#)[0] > 0) { } } }")]
    [InlineData("interface I { float F(Four m) => m.Predict(#)[0]; }")]
    [InlineData("struct S { public S(Four m) => m.Predict(#); }")]
    [InlineData("record R(float X) { public R(Four m) : this(m.Predict(#)[0]) { } }")]
    [InlineData("static class E { extension(Four m) { public float One => m.Predict(#)[0]; } }")]
    public Task Every_body_of_code_reports_MDL0201_once(string source) =>
        ReportsAsync(source.Replace("#", Wrong, StringComparison.Ordinal), 1);

    [Fact]
    public Task Program_with_a_handler_in_a_loop_builds() =>
        Diagnose.Silent(
            """
            using System;
            using System.IO;
            class P { static void Main() {
              var m = M.Load("m.safetensors");
              foreach (string line in File.ReadLines("v.txt")) {
                try { Console.WriteLine(m.Predict([float.Parse(line)])[0]); }
                catch (FormatException) { Console.WriteLine($"not a number: {line}"); } } } }
            [Model, Input(1), Dense(1), MeanSquaredError] public partial class M;
            """);

    [Theory]
    [InlineData(3000)]
    [InlineData(300)]
    public Task Sum_of_thousands_of_terms_is_no_matter(int terms) => ReportsAsync(
        $"class C {{ float F(Four m, int x) {{ int y = {string.Join(" + ", Enumerable.Repeat("x", terms))}; return m.Predict({Wrong})[y]; }} }}", 1);

    [Theory]
    [InlineData("2f * 3f")]
    [InlineData("1.5 + 2.0")]
    [InlineData("3L << 2")]
    [InlineData("\"a\" + \"b\" + \"c\"")]
    [InlineData("(object)(1m - 2m)")]
    public Task Constant_of_any_type_is_no_matter(string constant) => ReportsAsync(
        $"class C {{ void F(Four m) {{ System.Console.WriteLine({constant}); m.Predict({Wrong}); }} }}", 1);

    [Fact]
    public async Task Deep_nesting_never_breaks_the_analyzer()
    {
        string calls = string.Concat(Enumerable.Repeat("System.Math.Abs(", 400)) + "x" + new string(')', 400);
        string blocks =
            string.Concat(Enumerable.Repeat("if (x > 0) { ", 150)) + "m.Predict(new float[4]);" + new string('}', 150);
        string lambdas = string.Concat(Enumerable.Repeat("System.Action a# = () => { ", 40)) + "m.Predict(new float[4]);" + string.Concat(Enumerable.Repeat("};", 40));
        int number = 0;
        lambdas = string.Concat(lambdas.Split('#').Select(part => part + number++));
        await Diagnose.Silent(
            $"{Four} class C {{ void F(Four m, int x) {{ m.Predict(new float[4]); x = {calls}; {blocks} }} void G(Four m) {{ {lambdas[..^2]} }} }}");
    }

    private static Task ReportsAsync(string source, int times) =>
        Diagnose.Reports(
            new Situation { Sources = [Four] }, source, [.. Enumerable.Repeat(Message, times)]);
}
