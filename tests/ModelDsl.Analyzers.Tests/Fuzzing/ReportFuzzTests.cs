using System.Globalization;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Random edits, one after the other, of files whose models share blocks, and of the settings: what the analyzers
/// report after an edit is what they report of a program that they have never seen. The variable
/// MODELDSL_FUZZ_REPORTS asks for more than the usual number.
/// </summary>
public sealed class ReportFuzzTests
{
    private const int EditsByDefault = 25;

    // As long as the others, so that everything stays where it is.
    private const string Typed = "Typed00000";

    private static readonly int Edits = FuzzSettings.Number("MODELDSL_FUZZ_REPORTS", EditsByDefault);

    private static readonly string[] Files =
    [
        $$"""
        namespace {{Typed}};
        [Model(MaxParameters = 12), Input(3), Dense(4), Sigmoid, Residual<Think>, Dense(2), MeanSquaredError]
        public partial class Small;
        [Model, Input(4), Dense(3), Sigmoid, Dense(2), Sigmoid, Repeat<Think>(2), Dense(5), MeanSquaredError]
        public partial class Deep;
        """,
        $$"""
        namespace {{Typed}};
        [Block, Dense(4), Sigmoid] public partial class Think;
        [Block, Dense(Sizes.Hidden), Relu, Residual<Think>] public partial class Layer;
        public static class Sizes { public const int Hidden = 4; public const int Out = 3; }
        """,
        $$"""
        namespace {{Typed}};
        [Model, Input(4, 4, 1), Conv2D(2, 3), BatchNorm, Relu, Flatten, Softmax, Dense(Sizes.Out), SoftmaxCrossEntropy]
        public partial class Image;
        [Model, Input(Sizes.Hidden), Tanh, Sum<Think, Layer>, Dense(1), Sigmoid, BinaryCrossEntropy]
        public partial class Mixed { int count = 3; }
        """,
    ];

    private static readonly string?[] Numbers = [null, "1", "2", "20", "100"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Reports_after_edits_are_those_of_a_program_never_seen_before(int seed)
    {
        var random = new Random(seed);
        string[] files = [.. Files];
        var mutator = new TokenMutator(random, Files);
        ImmutableDictionary<string, string> options = ImmutableDictionary<string, string>.Empty;
        HashSet<string> seen = [];
        int reported = 0;
        for (int edit = 0; edit < Edits; edit++)
        {
            if (random.Next(3) == 0)
            {
                options = ImmutableDictionary<string, string>.Empty
                    .SetItem("modeldsl_max_parameters", Numbers[random.Next(Numbers.Length)] ?? "none")
                    .SetItem("modeldsl_longest_sigmoid_chain", Numbers[random.Next(Numbers.Length)] ?? "none");
            }
            else
            {
                // Files that stay broken would hide most of what an edit can do.
                int file = random.Next(files.Length);
                files[file] = random.Next(3) == 0 ? Files[file] : mutator.Change(files[file], 1);
            }

            string now = await ReportAsync(files, options, Typed);
            string anew = await ReportAsync(
                files, options, string.Create(CultureInfo.InvariantCulture, $"S{seed}x{edit:0000000}"));
            Assert.True(
                now == anew,
                $"seed {seed}, edit {edit}:\n{string.Join('\n', files)}\nreports\n{now}\nbut anew\n{anew}");
            reported += seen.Add(now) && now.Length > 0 ? 1 : 0;
        }

        // Else the test would be of no use.
        Assert.True(reported > Edits / 3, $"only {reported} of {Edits} edits changed what is reported");
    }

    // All that the analyzers say, with the places.
    private static async Task<string> ReportAsync(
        string[] files, ImmutableDictionary<string, string> options, string @namespace)
    {
        Assert.Equal(Typed.Length, @namespace.Length);
        ImmutableArray<Diagnostic> diagnostics = await Diagnose.RunAsync(new Situation
        {
            Sources = [.. files.Select(text => text.Replace(Typed, @namespace, StringComparison.Ordinal))],
            Options = options,
        });
        return string.Join('\n', diagnostics
            .Where(diagnostic => diagnostic.Id.StartsWith("MDL", StringComparison.Ordinal))
            .Select(diagnostic => string.Join(
                ' ',
                diagnostic.AdditionalLocations.Prepend(diagnostic.Location)
                    .Select(place => place.GetLineSpan().ToString())
                    .Append(diagnostic.Id)
                    .Append(diagnostic.GetMessage(CultureInfo.InvariantCulture))))
            .Select(line => line.Replace(@namespace, Typed, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal));
    }
}
