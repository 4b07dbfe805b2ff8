using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelDsl.Analyzers.Tests.Fixes;

/// <summary>
/// Every action of every repair, wherever its rule can be broken: alone and all at once it repairs, breaks nothing
/// else, and leaves all comments and directives where they are.
/// </summary>
public sealed partial class EverySituationTests
{
    private const string Class = "public partial class A;";

    private static readonly bool IsThorough =
        Environment.GetEnvironmentVariable("MODELDSL_FUZZ_ITERATIONS") is not null;

    private const int Share = 5;

    // What stands between tokens there, or the name of a number, would be lost.
    private static readonly HashSet<string> MayRefuse = new(StringComparer.Ordinal)
    {
        "constants as arguments", "comments in arguments", "#if around each", "#if behind each",
    };

    /// <summary>
    /// A class that breaks a rule with a repair: its attributes, its declaration, and the rest of the project.
    /// </summary>
    private static readonly Case[] Cases =
    [
        new("MDL0001", ["Model", "Input(3)", "Dense(2)", "MeanSquaredError"], "public class A;"),
        new(
            "MDL0002",
            ["Model", "Input(3)", "Dense(2)", "MeanSquaredError"],
            Rest: "public class Around { [Model, Input(3), Dense(2), MeanSquaredError] public partial class Within; }"),
        new("MDL0003", ["Model", "Input(3)", "Dense(2)", "MeanSquaredError"], "public partial record A;"),
        new("MDL0006", ["Model", "Dense(2)", "Input(3)", "MeanSquaredError"]),
        new("MDL0006", ["Model", "Input(3)", "Dense(2)", "Input(3)", "MeanSquaredError"]),
        new("MDL0008", ["Model", "Input(3)", "Dense(2)"]),
        new("MDL0009", ["Model", "Input(3)", "MeanSquaredError", "Dense(2)"]),
        new("MDL0010", ["Model", "Input(3)", "Dense(2)", "MeanSquaredError", "MeanAbsoluteError"]),
        new("MDL0011", ["Input(3)", "Dense(2)", "MeanSquaredError"]),
        new("MDL0012", ["Model", "Input(4, 3)", "Dense(2)", "MeanSquaredError"]),
        new("MDL0013", ["Model", "Input(12)", "Reshape(2, 3, 1)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0017",
            ["Model", "Input(6, 3)", "Tanh", "SoftmaxCrossEntropy(IgnoredLabel = -100, LabelSmoothing = 0.1)"]),
        new(
            "MDL0018",
            ["Model", "Input(3)", "Dense(1)", "SoftmaxCrossEntropy(LabelSmoothing = 0.1, IgnoredLabel = -1)"]),
        new("MDL0022", ["Model", "Input(3)", "Dense(2, UseBias = false, Name = \"my-layer\")", "MeanSquaredError"]),
        new(
            "MDL0023",
            ["Model", "Input(3)", "Dense(2, Name = \"one\")", "Relu", "Dense(2, UseBias = false, Name = \"one\")", "MeanSquaredError"]),
        new(
            "MDL0026",
            ["Model", "Input(3)", "Dense(2)", "MeanSquaredError"],
            "public partial class A(int size) { public int Size => size; }"),
        new("MDL0027", ["Model", "Input(3)", "Dense(2)", "MeanSquaredError"], "file partial class A;", CanNest: false),
        new(
            "MDL0029",
            ["Model", "Input(3)", "Dense(2)", "MeanSquaredError"],
            "public partial class A { public A(string name) { } }"),
        new(
            "MDL0030",
            ["Model", "Input(3)", "Residual<B>", "Dense(2)", "MeanSquaredError"],
            Rest: "[Dense(3), Tanh] public partial class B;"),
        new(
            "MDL0043",
            ["Model", "Input(8, 8, 1)", "Conv2D(2, 3, Padding = Padding.Same, PaddingHeight = 1)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new("MDL0050", ["Model", "Input(8, 8)", "Conv2D(2, 3)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new("MDL0050", ["Model", "Input(8, 8)", "GlobalAveragePool", "Dense(1)", "MeanSquaredError"]),
        new("MDL0054", ["Model", "Input(3)", "Dense(2)", "LogSoftmax", "KullbackLeibler(FromProbabilities = true)"]),
        new(
            "MDL0062",
            ["Model(PerSampleClipping = true)", "Input(3)", "Dense(4, UseBias = false)", "BatchNorm(Momentum = 0.2, Epsilon = 0.01)", "Tanh", "Dense(2)", "MeanSquaredError"]),
        new("MDL0070", ["Model", "Input(6)", "Embedding(5, 2)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new("MDL0072", ["Model", "Input(6, 2)", "Gru(3)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0074",
            ["Model", "Input(6, 2)", "LayerNorm(Epsilon = 0.01, UseBias = false)", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0077",
            ["Model", "Input(3)", "Dense(3, Name = \"one\")", "Relu", "Dense(3, UseBias = false, TiedTo = \"two\")", "MeanSquaredError"]),
        new(
            "MDL0079",
            ["Model", "Input(3)", "Dense(3, Name = \"one\")", "Relu", "Dense(3, WeightL2 = 0.1, TiedTo = \"one\")", "MeanSquaredError"]),
        new(
            "MDL0086",
            ["Model", "Input(6, 2, Sequence = true)", "Gru(3, UseBias = false, ReturnSequences = false)", "Gru(2)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0087",
            ["Model", "Input(300, 2, Sequence = true)", "Gru(3, ReturnSequences = false, Unroll = Unrolling.Always)", "Dense(1)", "MeanSquaredError"]),
        new("MDL0101", ["Model", "Input(3)", "Dense(2)", "Softmax", "SoftmaxCrossEntropy"]),
        new("MDL0102", ["Model", "Input(3)", "Dense(4)", "Dense(4)", "Relu", "Dense(2)", "MeanSquaredError"]),
        new("MDL0103", ["Model", "Input(3)", "Dense(2)", "Dropout(0.5)", "MeanSquaredError"]),
        new(
            "MDL0105",
            ["Model", "Input(3)", "Dense(2, UseBias = false, WeightInitializer = Initializer.HeNormal)", "Tanh", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0109",
            ["Model", "Input(3)", "Dense(2, BiasConstant = 0.5, UseBias = true)", "BatchNorm", "Relu", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0111",
            ["Model", "Input(3, 32, 32)", "Conv2D(8, 3, UseBias = false, Padding = Padding.Same)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0112",
            ["Model", "Input(32, 32, 3)", "Conv2D(3, 16, 3, UseBias = false)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0113",
            ["Model", "Input(5, Type = ElementType.Token)", "Embedding(16, 30000)", "Flatten", "Dense(1)", "MeanSquaredError"]),
        new("MDL0114", ["Model", "Input(3)", "Dense(2)", "Relu", "SoftmaxCrossEntropy"]),
        new("MDL0009", ["Model", "Input(3)", "MeanSquaredError", "Dense(4)", "Relu", "Dense(2)"]),
        new(
            "MDL0022",
            ["Model", "Input(3)", "Dense(2, Name = \"my-layer\")", "Relu", "Dense(2, Name = \"your-layer\")", "MeanSquaredError"]),
        new(
            "MDL0102",
            ["Model", "Input(3)", "Dense(4)", "Dense(4)", "Dense(4)", "Relu", "Dense(2)", "MeanSquaredError"]),
        new(
            "MDL0109",
            ["Model", "Input(3)", "Dense(2)", "BatchNorm", "Relu", "Dense(2)", "BatchNorm", "Relu", "Dense(1)", "MeanSquaredError"]),
        new("MDL0117", ["Model", "Input(3)", "Dense(3, 2)", "Relu", "Dense(2, 1)", "MeanSquaredError"]),
        new(
            "MDL0117",
            ["Model", "Input(12, 12, 3)", "MaxPool2D(3, 2)", "Flatten", "Dense(1)", "MeanSquaredError"],
            MayBeSilent: true),
        new("MDL0117", ["Model", "Input(3)", "Dense(3, 2)", "MeanSquaredError"]),
        new(
            "MDL0117",
            ["Model", "Input(3)", "Dense(4, UseBias = false, activation: \"relu\")", "Dense(1)", "MeanSquaredError"],
            IsOrdered: false,
            MayBeSilent: true),
        new(
            "MDL0115",
            ["Model", "Input(3)", "Dense(2, UseBias = false)", "BatchNorm(Momentum = 0.99, Epsilon = 1e-3)", "Relu", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0441",
            ["Model(MemoryBudget = \"9 KB\", Batch = 10)", "Input(64)", "Dense(64)", "Tanh", "Dense(1)", "MeanSquaredError"]),
        new(
            "MDL0072",
            ["Model", "Input(6, 3, 2)", "Conv2D(2, 2)", "Gru(3)", "Flatten", "Dense(1)", "MeanSquaredError"]),
    ];

    /// <summary>The ways in which one and the same class can be written.</summary>
    private static readonly Dictionary<string, Func<Case, string[]?>> Layouts = new(StringComparer.Ordinal)
    {
        ["one list"] = wrong => [$"[{wrong.List}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["an attribute a line"] = wrong => [$"{wrong.Lines}\n{wrong.Declaration}\n{wrong.Rest}"],
        ["lists on one line"] = wrong => [$"{string.Join(" ", wrong.Lists)} {wrong.Declaration}\n{wrong.Rest}"],
        ["one list of many lines"] = wrong =>
            [$"[\n    {string.Join(",\n    ", wrong.Attributes)}\n]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["two at a time"] = wrong =>
            [$"{string.Join("\n", wrong.Attributes.Chunk(2).Select(pair => $"[{string.Join(", ", pair)}]"))}\n{wrong.Declaration}\n{wrong.Rest}"],
        ["carriage returns"] = wrong =>
            [$"// c1.\n{wrong.Lines}\n// c2.\n{wrong.Declaration}\n{wrong.Rest}".Replace("\n", "\r\n", StringComparison.Ordinal)],
        ["#if around each"] = wrong =>
            [$"{string.Join("\n", wrong.Lists.Select((list, i) => $"#if DEBUG // c{i}.\n[Dense(99)]\n#else\n{list}\n#endif"))}\n{wrong.Declaration}\n{wrong.Rest}"],
        ["#if behind each"] = wrong =>
            [$"{string.Join("\n", wrong.Lists.Select((list, i) => $"#if !DEBUG\n{list}\n#else // c{i}.\n[Dense(99)]\n#endif"))}\n{wrong.Declaration}\n{wrong.Rest}"],
        ["comments above and behind"] = wrong =>
            [$"{string.Join("\n", wrong.Lists.Select((list, i) => $"// c{i}.\n{list} // c{i + 50}."))}\n/// <summary>c99.</summary>\n{wrong.Declaration} // c100.\n{wrong.Rest}"],
        ["comments in the list"] = wrong =>
            [$"[\n{string.Join(",\n", wrong.Attributes.Select((one, i) => $"    // c{i}.\n    {one}"))} // c98.\n] // c99.\n{wrong.Declaration}\n{wrong.Rest}"],
        ["comments behind commas"] = wrong =>
            [$"[{string.Join("", wrong.Attributes.Select((one, i) => i == wrong.Attributes.Length - 1 ? one : $"{one}, // c{i}.\n    "))}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["indented in a namespace"] = wrong =>
            [$"namespace Inner\n{{\n    // c1.\n    {wrong.Lines.Replace("\n", "\n    ", StringComparison.Ordinal)}\n    {wrong.Declaration}\n\n    {wrong.Rest}\n}}\n"],
        ["nested"] = wrong => !wrong.CanNest
            ? null
            : [$"public partial class Outer\n{{\n    public partial struct Inner\n    {{\n        [{wrong.List}]\n        {wrong.Declaration}\n    }}\n}}\n{wrong.Rest}"],
        ["of two parts in two files"] = wrong => wrong.Declaration != Class
            ? null
            : [$"[{wrong.List}]\n{wrong.Declaration}\n{wrong.Rest}", "/// <summary>c1.</summary>\npublic partial class A { public int Size { get; set; } }"],
        ["attributes in two files"] = wrong => wrong.Declaration != Class
            ? null
            : [$"[{string.Join(", ", wrong.Attributes.Take(2))}]\n{Class}\n{wrong.Rest}", $"// c1.\n[{string.Join(", ", wrong.Attributes.Skip(2))}] // c2.\n{Class}"],
        ["the rest in another file"] = wrong => [$"[{wrong.List}]\n{wrong.Declaration}", wrong.Rest],
        ["two of a kind"] = wrong =>
        [
            $"[{wrong.List}]\n{wrong.Declaration}\n{wrong.Lines}\n{Name().Replace(wrong.Declaration, "B1")}\n{wrong.Rest}",
            $"[{wrong.List}]\n{Name().Replace(wrong.Declaration, "B2")}",
        ],
        ["aliases"] = wrong => [WithAliases(wrong)],
        ["qualified names"] = wrong => [$"[{Renamed(wrong, "ModelDsl.", "")}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["global names"] = wrong => [$"[{Renamed(wrong, "global::ModelDsl.", "Attribute")}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["named arguments the other way round"] = wrong => !wrong.IsOrdered
            ? null
            : [$"[{string.Join(", ", wrong.Attributes.Select(WithNamedReversed))}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["line breaks in arguments"] = wrong =>
            [$"[{string.Join(", ", wrong.Attributes.Select(WithBreaks))}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["comments in arguments"] = wrong =>
            [$"[{string.Join(", ", wrong.Attributes.Select((one, i) => one.Replace(")", $" /* d{i}. */)", StringComparison.Ordinal)))}]\n{wrong.Declaration}\n{wrong.Rest}"],
        ["constants as arguments"] = wrong => [$"[{WithConstants(wrong)}]\n{wrong.Declaration}\n{wrong.Rest}\n{Constants(wrong)}"],
        ["a target of attributes"] = wrong =>
            [$"{string.Join("\n", wrong.Attributes.Select(one => $"[type: {one}]"))}\n{wrong.Declaration}\n{wrong.Rest}"],
        ["a block used twice"] = wrong => InBlock(wrong, "Repeat<Inner>(1)"),
        ["a block in a file of its own"] = wrong => InBlock(wrong, "Repeat<Inner>(1)") is [var block, var uses] ? [block + "\n", uses] : null,
        ["a block on a branch"] = wrong => InBlock(wrong, "Sum<Inner, Inner>"),
        ["a foreign attribute"] = wrong =>
            [$"[System.Obsolete(\"c1.\", false), {wrong.List}]\n{wrong.Declaration}\n{wrong.Rest}"],
    };

    public static TheoryData<string> LayoutNames => [.. Layouts.Keys];

    [Theory]
    [MemberData(nameof(LayoutNames))]
    public async Task Every_repair_repairs_and_does_no_harm(string layout)
    {
        CultureInfo.CurrentCulture = ForeignCulture.Create();
        var faults = new List<string>();
        foreach (Case wrong in Cases)
        {
            // Every fifth pair, unless more is asked for: a pair takes three compilations.
            bool isChosen =
                IsThorough || (Array.IndexOf(Cases, wrong) + Array.IndexOf([.. Layouts.Keys], layout)) % Share == 0;
            if (isChosen && Layouts[layout](wrong) is { } files)
            {
                bool mayBeElsewhere =
                    layout.Contains("block", StringComparison.Ordinal) || layout == "attributes in two files";
                bool mayRefuse = mayBeElsewhere || MayRefuse.Contains(layout);
                faults.AddRange(await CheckAsync(wrong, files, mayBeElsewhere || wrong.MayBeSilent, mayRefuse));
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n======\n", faults));
    }

    [Fact]
    public void Every_rule_with_a_repair_is_in_the_table() =>
        Assert.DoesNotContain(
            RepairBench.FixesOf.Select(fixes => fixes.Key).Except(Cases.Select(wrong => wrong.Id)),
            id => id.StartsWith("MDL", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> CheckAsync(
        Case wrong, string[] files, bool mayBeSilent, bool mayRefuse)
    {
        var faults = new List<string>();
        RepairBench before = await RepairBench.OpenAsync(files);
        Diagnostic[] broken = [.. before.Diagnostics.Where(diagnostic => diagnostic.Id == wrong.Id)];
        if (broken.Length == 0)
        {
            return mayBeSilent ? [] : [$"{wrong.Id} is not reported in\n{string.Join("\n----\n", files)}\nbut {string.Join("\n", before.Diagnostics)}"];
        }

        bool isOffered = false;
        foreach (CodeFixProvider fix in RepairBench.FixesOf[wrong.Id])
        {
            var offered = new List<(CodeAction Action, RepairBench After)>();
            foreach (Diagnostic diagnostic in broken)
            {
                foreach ((CodeAction action, RepairBench after) in await before.OfferedAsync(diagnostic, fix))
                {
                    offered.Add((action, after));
                    string what = $"{fix.GetType().Name}, '{action.Title}' of {wrong.Id}";
                    faults.AddRange(await CompareAsync(what, before, after, wrong.Id, broken.Length - 1));
                }
            }

            isOffered |= offered.Count > 0;
            if (broken.Length == 1)
            {
                continue;
            }

            foreach (string key in offered.Select(one => one.Action.EquivalenceKey!).Distinct())
            {
                bool isForEach = offered.Count(one => one.Action.EquivalenceKey == key) == broken.Length;
                RepairBench after = await before.FixAllAsync(wrong.Id, fix, key);
                string what = $"{fix.GetType().Name}, all '{key}' of {wrong.Id}";
                faults.AddRange(await CompareAsync(what, before, after, wrong.Id, isForEach ? 0 : broken.Length - 1));
            }
        }

        return isOffered || mayRefuse
            ? faults
            : [.. faults, $"{wrong.Id}: nothing is offered in\n{string.Join("\n----\n", files)}"];
    }

    private static async Task<IEnumerable<string>> CompareAsync(
        string what, RepairBench before, RepairBench after, string id, int most)
    {
        string[] texts = await before.TextsAsync();
        string[] repaired = await after.TextsAsync();
        var faults = new List<string>();
        if (after.Diagnostics.Count(diagnostic => diagnostic.Id == id) > most)
        {
            faults.Add("not repaired");
        }

        // Chosen wrongly, a loss may not fit: that is for the user to see.
        foreach (IGrouping<string, Diagnostic> errors in after.Errors)
        {
            // Attributes in two files are a mistake already, which shows when the compiler understands all of them.
            bool isLayout =
                errors.Key == "MDL0004" && texts.Count(text => text.Contains(Class, StringComparison.Ordinal)) > 1;
            if (!isLayout && errors.Count() > before.Errors[errors.Key].Count())
            {
                faults.Add($"new error {errors.First()}");
            }
        }

        for (int i = 0; i < texts.Length; i++)
        {
            // What stands above and behind an attribute goes with it.
            bool isMoved = id is "MDL0006" or "MDL0009";
            IEnumerable<string> marks = isMoved ? Marks(texts[i]).Order(StringComparer.Ordinal) : Marks(texts[i]);
            IEnumerable<string> kept = isMoved ? Marks(repaired[i]).Order(StringComparer.Ordinal) : Marks(repaired[i]);
            if (!marks.SequenceEqual(kept))
            {
                faults.Add("a comment is lost or moved");
            }

            if (!Directives(texts[i]).SequenceEqual(Directives(repaired[i])))
            {
                faults.Add("a directive is lost or moved");
            }

            if (texts[i].Contains('\r', StringComparison.Ordinal) && LoneEnd().IsMatch(repaired[i]))
            {
                faults.Add("another line end");
            }

            if (repaired[i].Contains(ForeignCulture.Minus, StringComparison.Ordinal))
            {
                faults.Add("text of a culture");
            }

            if (TrailingSpace().IsMatch(repaired[i]) && !TrailingSpace().IsMatch(texts[i]))
            {
                faults.Add("white space at the end of a line");
            }
        }

        return faults.Count == 0
            ? []
            : [$"{what}: {string.Join("; ", faults)}\n--- before\n{string.Join("\n----\n", texts)}\n--- after\n{string.Join("\n----\n", repaired)}"];
    }

    private static IEnumerable<string> Marks(string text) => Mark().Matches(text).Select(mark => mark.Value);

    private static IEnumerable<string> Directives(string text) =>
        CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTrivia()
            .Where(trivia => trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            .Select(trivia => trivia.ToString().Trim());

    // What stands between the input and the loss, as a block of its own that two models use.
    private static string[]? InBlock(Case wrong, string use)
    {
        if (wrong.Declaration != Class || wrong.Attributes is not ["Model", var input, .. var hidden, var loss]
            || !input.StartsWith("Input", StringComparison.Ordinal) || hidden.Any(one => one.StartsWith("Input", StringComparison.Ordinal)))
        {
            return null;
        }

        string block = $"[Block]\n{string.Join("\n", hidden.Select((one, i) => $"[{one}] // c{i}."))}\npublic partial class Inner;\n{wrong.Rest}";
        return
        [
            block,
            $"[Model, {input}, {use}, {loss}] public partial class A;\n[Model, {input}, {use}, {loss}] public partial class B1;",
        ];
    }

    private static string Renamed(Case wrong, string before, string after) =>
        string.Join(
            ", ",
            wrong.Attributes.Select(one => $"{before}{AttributeName().Replace(one, name => name.Value + after, 1)}"));

    private static string WithAliases(Case wrong)
    {
        string[] names = [.. wrong.Attributes.Where(one => !one.Contains('<', StringComparison.Ordinal)).Select(one => AttributeName().Match(one).Value).Distinct()];
        string usings = string.Concat(names.Select(name => $"using My{name} = ModelDsl.{name}Attribute;\n"));
        string list = string.Join(
            ", ", wrong.Attributes.Select(one => one.Contains('<', StringComparison.Ordinal) ? one : "My" + one));
        return $"{usings}[{list}]\n{wrong.Declaration}\n{wrong.Rest}";
    }

    private static string WithNamedReversed(string attribute) =>
        attribute.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open
            ? $"{attribute[..open]}({string.Join(", ", [.. Arguments(attribute).Where(one => !one.Contains('=', StringComparison.Ordinal)), .. Arguments(attribute).Where(one => one.Contains('=', StringComparison.Ordinal)).Reverse()])})"
            : attribute;

    private static string WithBreaks(string attribute) =>
        attribute.IndexOf('(', StringComparison.Ordinal) is >= 0 and var open
            ? $"{attribute[..open]}(\n    {string.Join(",\n    ", Arguments(attribute))}\n    )"
            : attribute;

    private static string[] Arguments(string attribute) =>
        attribute[(attribute.IndexOf('(', StringComparison.Ordinal) + 1)..^1].Split(", ");

    private static string WithConstants(Case wrong) =>
        string.Join(", ", wrong.Attributes.Select(one => Number().Replace(one, number => ConstantOf(number.Value))));

    private static string Constants(Case wrong) =>
        $"public static class Sizes\n{{\n{string.Concat(Number().Matches(wrong.List).Select(number => number.Value).Distinct().Select(number =>
            $"    public const {TypeOf(number)} {ConstantOf(number)["Sizes.".Length..]} = {number};\n"))}}}";

    private static string TypeOf(string constant) =>
        constant.StartsWith('"') ? "string" : constant.AsSpan().ContainsAny('.', 'e') ? "double" : "int";

    private static string ConstantOf(string number) => $"Sizes.C{NoLetter().Replace(number, "_")}";

    // Those within an attribute, "d1.", go where it goes.
    [GeneratedRegex(@"c\d+\.")]
    private static partial Regex Mark();

    [GeneratedRegex(@"(?<!\r)\n")]
    private static partial Regex LoneEnd();

    [GeneratedRegex(@"[ \t]+\r?$", RegexOptions.Multiline)]
    private static partial Regex TrailingSpace();

    [GeneratedRegex(@"\bA\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"^\w+")]
    private static partial Regex AttributeName();

    [GeneratedRegex("(?<![\\w.])-?[0-9][0-9.e-]*|\"[^\"]*\"")]
    private static partial Regex Number();

    [GeneratedRegex(@"\W")]
    private static partial Regex NoLetter();

    private sealed record Case(
        string Id,
        string[] Attributes,
        string Declaration = Class,
        string Rest = "",
        bool CanNest = true,
        bool IsOrdered = true,
        bool MayBeSilent = false)
    {
        public string List => string.Join(", ", Attributes);

        public IEnumerable<string> Lists => Attributes.Select(attribute => $"[{attribute}]");

        public string Lines => string.Join("\n", Lists);
    }
}
