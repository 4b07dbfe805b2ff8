namespace ModelDsl.Generator.Tests.Language;

/// <summary>What the author's own members may be called in a model of any shape.</summary>
public sealed class GeneratedMemberTests
{
    // That tokens have no gradient is known here.
    private const string Blocks =
        """
        #pragma warning disable MDL0118
        [Block, Dense(4), Relu] public partial class Cell;
        [Block, Input(2), Dense(3)] public partial class Left;
        [Block, Input(5, Type = ElementType.Token), Embedding(9, 4), GlobalAveragePool] public partial class Right;
        [Block, Dense(2), MeanSquaredError] public partial class Value;
        [Block, Dense(3), SoftmaxCrossEntropy(ClassWeights = [1, 2, 3])] public partial class Kind;

        """;

    private static readonly string LongChain = string.Join(", ", Enumerable.Repeat("Dense(3), Softmax", 60));

    public static TheoryData<string, string> Shapes => new()
    {
        { "plain", "Input(3), Dense(2), Relu, Dropout(0.1), Dense(1), MeanSquaredError" },
        { "penalties", "Input(3), Dense(2, WeightL2 = 0.1, UseBias = false), BatchNorm, Dense(1), MeanSquaredError" },
        { "weights of classes", "Input(3), Dense(3), SoftmaxCrossEntropy(ClassWeights = [1, 2, 3])" },
        { "towers", "Concat<Left, Right>, Dense(1), MeanSquaredError" },
        { "heads", "Input(3), Dense(4), Outputs<Value, Kind>" },
        { "tokens", "Input(5, Type = ElementType.Token), Embedding(9, 4), Flatten, Dense(2), SoftmaxCrossEntropy" },
        {
            "generation",
            "Input(5, Type = ElementType.Token), Embedding(9, 4), SelfAttention(Causal = true), Dense(9), SoftmaxCrossEntropy"
        },
        { "recurrence", "Input(4, 3, Sequence = true), Lstm(2, ReturnSequences = false), Dense(1), MeanSquaredError" },
        { "blocks", "Input(4), Residual<Cell>, Dense(1), MeanSquaredError" },
        { "copies", "Input(4), Repeat<Cell>(5), Dense(1), MeanSquaredError" },
        { "input gradient", "Model(InputGradient = true), Input(3), Dense(2), Relu, Dropout(0.1), Dense(1), MeanSquaredError" },
        { "input gradient of towers", "Model(InputGradient = true), Concat<Left, Right>, Dense(1), Outputs<Value, Kind>" },
        {
            "input gradient of tokens",
            "Model(InputGradient = true), Input(5, Type = ElementType.Token), Embedding(9, 4), Flatten, Dense(2), SoftmaxCrossEntropy"
        },
        { "activations", "Model(KeepActivations = true), Input(3), Dense(2), Relu, Dropout(0.1), Dense(1), MeanSquaredError" },
        { "checks", "Model(Checks = true), Input(3), Dense(2), Relu, Dropout(0.1), Dense(1), MeanSquaredError" },
        {
            "clipping",
            "Model(PerSampleClipping = true), Input(5, Type = ElementType.Token), Embedding(9, 4), Flatten, Dense(2), SoftmaxCrossEntropy"
        },
        {
            "clipping one by one",
            "Model(PerSampleClipping = true), Concat<Left, Right>, Dropout(0.1), Dense(1, WeightL2 = 0.1), Outputs<Value, Kind>"
        },
        { "loss scale", "Model(Precision = Precision.Float16), Input(3), Dense(2), Relu, Dense(1), MeanSquaredError" },
        { "long", $"Input(3), {LongChain}, MeanSquaredError" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Member_of_the_author_that_meets_a_generated_one_gets_MDL0028_or_has_its_name(
        string shape, string layers)
    {
        INamedTypeSymbol model = TestCompiler.Compile(Source(layers, "")).GetTypeByMetadataName("M")!;
        ISymbol[] members = [.. model.GetMembers().Where(IsWritten)];
        Assert.True(members.Length > 15, $"{shape}: {members.Length}");

        // One that meets a generated member is told at once; the others together must not be in the way of generated
        // code.
        List<string> free = [];
        foreach (ISymbol member in members)
        {
            string own = DeclarationOf(member);
            IReadOnlyList<string> complaints = await ComplaintsAsync(layers, own);
            if (!complaints.Contains("MDL0028"))
            {
                free.Add(own);
            }
        }

        Assert.Empty(await ComplaintsAsync(layers, string.Join("\n", free)));
        Assert.All(free, own => Assert.True(IsPartOfProgram(own), own));
    }

    // Names that only look like generated ones, or are those of a model of another shape.
    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Member_whose_name_only_resembles_a_generated_one_is_left_alone(string shape, string layers)
    {
        _ = shape;
        const string own =
            """
            public int Infer_x => 1;
            public static void TrainForward_Repeat() { }
            public int TrainForward1;
            public void InferPart1() { }
            public int Infer_Repeat1 => 2;
            public int TrainBackward_Repeat1_Places => 3;
            public float[] Predict(ref System.ReadOnlySpan<float> samples) => samples.ToArray();
            public void Save(System.IO.Stream stream) { }
            public static void Load(System.IO.Stream stream) { }
            public void CreateGenerator(int start) { }
            public int Dense99Weight => 4;
            public int outputs => 5;
            public int get_Outputs(int number) => number;
            """;
        Assert.Empty(await ComplaintsAsync(layers, own));
    }

    [Theory]
    [InlineData("public static M? Load(string? path) => null;")]
    [InlineData("public int get_Outputs() => 1;")]
    [InlineData("public void set_TrainingStep(long step) { }")]
    [InlineData("public int get_Dense1Weight() => 1;")]
    public async Task Member_that_generated_code_excludes_in_another_way_gets_MDL0028(string own) =>
        Assert.Contains("MDL0028", await ComplaintsAsync("Input(3), Dense(2), MeanSquaredError", own));

    [Theory]
    [InlineData("class")]
    [InlineData("event")]
    [InlineData("record")]
    [InlineData("await")]
    [InlineData("string")]
    [InlineData("this")]
    public void Layer_may_be_called_what_is_a_keyword(string name)
    {
        IModel model = LanguageCase.TrainSingle(
            $"[Model, Input(3), Dense(4, Name = \"{name}\"), Relu, Dense(2), MeanSquaredError] partial class M;");
        Assert.Equal($"{name}.weight", model.Description.Parameters[0].Name);
    }

    private static string Source(string layers, string own) =>
        Blocks + $"[{(layers.StartsWith("Model(", StringComparison.Ordinal) ? "" : "Model, ")}{layers}] public partial class M\n{{\n{own}\n}}";

    // What the compiler says of a name in lower-case letters is not about the model.
    private static async Task<IReadOnlyList<string>> ComplaintsAsync(string layers, string own) =>
        await LanguageCase.ComplaintsAsync(Source(layers, own));

    private static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member is not IMethodSymbol { MethodKind: not (MethodKind.Ordinary or MethodKind.Constructor) }
        && member is not IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false };

    private static string DeclarationOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } method => $"public M({ParametersOf(method)}) : this() {{ }}",
        IMethodSymbol method => $"public void {method.Name}({ParametersOf(method)}) => throw new System.Exception();",
        _ => $"public int {member.Name};",
    };

    private static string ParametersOf(IMethodSymbol method) =>
        string.Join(", ", method.Parameters.Select(parameter =>
            (parameter.RefKind == RefKind.Out ? "out " : "") + $"{parameter.Type.ToDisplayString()} p{parameter.Ordinal}"));

    private static bool IsPartOfProgram(string own) =>
        own.Contains("TrainForward", StringComparison.Ordinal)
        || own.Contains("TrainBackward", StringComparison.Ordinal)
        || own.Contains("TrainClipped_", StringComparison.Ordinal)
        || own.Contains("InferPart", StringComparison.Ordinal)
        || own.Contains("InferOnePart", StringComparison.Ordinal)
        || own.Contains("Infer_", StringComparison.Ordinal)
        || own.Contains("InferStep_", StringComparison.Ordinal);
}
