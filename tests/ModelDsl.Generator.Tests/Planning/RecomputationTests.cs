using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Projects;
using ModelDsl.Generator.Tests.Pipeline;
using ModelDsl.Tests.Reference;

namespace ModelDsl.Generator.Tests.Planning;

/// <summary>Models with a memory budget keep to it, compute some values again, and nothing else changes.</summary>
public sealed class RecomputationTests
{
    private const int BatchSize = 3;

    // The least memory in two layouts, and half of what can be saved.
    private static readonly Lazy<Assembly[]> Budgeted = new(() =>
    [
        Compile(MemoryMode.Planned, part: 0),
        Compile(MemoryMode.Poisoned, part: 0),
        Compile(MemoryMode.Planned, part: 0.5),
    ]);

    private static readonly Dictionary<string, string> Sources = new()
    {
        ["Chain"] = Chain(30),
        ["Residual"] = Stages.Residual(8),
        ["Transformer"] = Stages.Transformer(4),
        ["Normalized"] = Stages.Normalized(8),
        ["Pyramid"] =
            """
            [Model, Input(16, 16, 3), SoftmaxCrossEntropy]
            public partial class Net
            {
                private static Tensor Forward(Tensor image)
                {
                    Tensor fine = image.Conv2D(16, 3, padding: Padding.Same).Gelu();
                    Tensor coarse = fine.MaxPool2D(2).Conv2D(16, 3, padding: Padding.Same).Gelu();
                    Tensor merged = (fine + coarse.Upsample(2)).Conv2D(8, 3, padding: Padding.Same).Silu();
                    return (merged.GlobalAveragePool(), coarse.GlobalAveragePool()).Concat().Dense(10);
                }
            }
            """,
        ["Narrow"] = Chain(30).Replace("[Model,", "[Model(Precision = Precision.BFloat16),", StringComparison.Ordinal),
        ["Input gradient"] = Chain(20).Replace("[Model,", "[Model(InputGradient = true),", StringComparison.Ordinal),
    };

    public static TheoryData<string> Names => [.. Sources.Keys];

    [Theory]
    [InlineData("64MB", 64_000_000)]
    [InlineData("64 MB", 64_000_000)]
    [InlineData("64 MiB", 67_108_864)]
    [InlineData(" 1.5 KiB ", 1536)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("1.000001kb", 1000)]
    [InlineData("10b", 10)]
    [InlineData("9223372036GB", 9_223_372_036_000_000_000)]
    public void Budget_is_read_with_its_unit(string text, long bytes) =>
        Assert.Equal(new MemoryBudget(bytes, 32), MemoryBudget.Parse(text, 32));

    [Theory]
    [InlineData("64", 32)]
    [InlineData("MB", 32)]
    [InlineData("many MB", 32)]
    [InlineData("64TB", 32)]
    [InlineData("64MBs", 32)]
    [InlineData("1,5MB", 32)]
    [InlineData("1e3MB", 32)]
    [InlineData("-1MB", 32)]
    [InlineData("0MB", 32)]
    [InlineData("0.5B", 32)]
    [InlineData("9223372037GB", 32)]
    [InlineData("99999999999999999999999999999999999GB", 32)]
    [InlineData("NaNMB", 32)]
    [InlineData("", 32)]
    [InlineData(null, 32)]
    [InlineData("64MB", 0)]
    [InlineData("64MB", -1)]
    public void What_is_no_size_for_a_batch_is_no_budget(string? text, int batch) =>
        Assert.Null(MemoryBudget.Parse(text, batch));

    [Theory]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(63_845_376)]
    [InlineData(1_234_567_891)]
    [InlineData(long.MaxValue)]
    public void Text_of_a_size_is_exactly_it(long bytes) =>
        Assert.Equal(new MemoryBudget(bytes, 1), MemoryBudget.Parse(MemoryBudget.TextOf(bytes), 1));

    [Theory]
    [MemberData(nameof(Names))]
    public void Planned_memory_is_within_the_budget_and_more_memory_costs_no_more_work(string name)
    {
        var stages = new Stages(Sources[name]);
        RecomputationNote all = Fit(stages, long.MaxValue).Recomputation!;
        RecomputationNote least = Fit(stages, 1).Recomputation!;
        Assert.True(least.Bytes < all.Bytes, $"{least.Bytes} of {all.Bytes}");

        foreach (double part in (double[])[0, 0.1, 0.25, 0.5, 0.75, 0.9, 1])
        {
            long budget = least.Bytes + (long)(part * (all.Bytes - least.Bytes));
            FusedModel fused = Fit(stages, budget);
            RecomputationNote note = fused.Recomputation!;
            Assert.True(note.Fits);
            Assert.Equal(budget, note.Budget.Bytes);
            Assert.Equal(part == 1, note.Operations == 0);

            MemoryPlan memory = ModelCompiler
                .Plan(fused, stages.Model.Declaration.Precision, MemoryMode.Planned, CancellationToken.None)
                .Training.Memory;
            Assert.Equal(note.BytesOfArena, 4L * (memory.FixedFloats + (memory.FloatsPerSample * BatchSize)));
            Assert.InRange(note.Bytes, note.BytesOfArena + 1, budget);
            Assert.InRange(note.ExtraWork, 0, least.ExtraWork);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Smallest_budget_of_the_report_compiles_and_one_byte_less_is_reported(string name)
    {
        ModelDeclaration declaration = new Stages(Sources[name]).Model.Declaration with { Batch = BatchSize };
        CheckedModel small = Check("1B");
        long smallest = SmallestOf(small);

        CheckedModel exact = Check(MemoryBudget.TextOf(smallest));
        Assert.DoesNotContain(exact.Issues, issue => issue.Message.IsError);
        Assert.Equal(smallest, exact.KeptToBudget!.Recomputation!.Bytes);
        Assert.Equal(smallest, SmallestOf(Check($"{smallest - 1}B")));

        CheckedModel Check(string budget) =>
            ModelCompiler.CheckAnew(declaration with { MemoryBudget = budget }, CancellationToken.None);
    }

    [Fact]
    public void Deep_chain_takes_the_square_root_of_its_memory_and_half_the_work_more()
    {
        var stages = new Stages(Chain(100));

        RecomputationNote all = Fit(stages, long.MaxValue).Recomputation!;
        RecomputationNote least = Fit(stages, 1).Recomputation!;

        // 100 outputs, and then 10 that are kept, 10 that are computed again, and some gradients.
        Assert.True(least.BytesOfArena < 0.3 * all.BytesOfArena, $"{least.BytesOfArena} of {all.BytesOfArena}");
        Assert.InRange(least.ExtraWork, 1, all.TotalWork / 2);
    }

    [Fact]
    public void Cheap_functions_are_computed_again_before_products()
    {
        string layers = string.Join(", ", Enumerable.Repeat("Dense(64), Gelu", 10));
        var stages = new Stages($"[Model, Input(64), {layers}, Dense(1), MeanSquaredError] public partial class Net;");
        RecomputationNote all = Fit(stages, long.MaxValue).Recomputation!;

        FusedModel fused = Fit(stages, all.BytesOfModel + (all.BytesOfArena * 7 / 10));

        // The sums before a Gelu are kept, so the Gelus take 64 operations a sample each, and no product any.
        RecomputationNote note = fused.Recomputation!;
        Assert.True(note.Fits);
        Assert.InRange(note.Operations, 1, 10);
        Assert.Equal(note.Operations * 64L * BatchSize, note.ExtraWork);
    }

    [Fact]
    public void What_is_only_read_by_the_backward_pass_is_not_stored_before()
    {
        string layers = string.Join(", ", Enumerable.Repeat("Dense(64), Gelu", 10));
        var stages = new Stages($"[Model, Input(64), {layers}, Dense(1), MeanSquaredError] public partial class Net;");

        Operation[] training = [.. Fit(stages, 1).Training];

        // Each that is computed again as a whole stores its sums there, and not in the forward pass.
        Operation[] whole = [.. training.Where(operation => operation.IsRecomputed && operation.Writes.Count() == 2)];
        Assert.NotEmpty(whole);
        Assert.All(whole, operation => Assert.Single(
            training.First(forward => forward.Layer == operation.Layer && !forward.IsRecomputed).Writes));
    }

    [Fact]
    public void What_operations_write_in_parts_is_kept()
    {
        var stages = new Stages(Stages.Cells(6));
        RecomputationNote all = Fit(stages, long.MaxValue).Recomputation!;
        RecomputationNote least = Fit(stages, 1).Recomputation!;
        Assert.False(least.Fits);
        Assert.Equal((all.Bytes, 0), (least.Bytes, least.Operations));
    }

    [Fact]
    public void Statistics_that_a_step_moves_are_not_moved_twice()
    {
        var stages = new Stages(Stages.Normalized(copies: 6));

        Operation[] again = [.. Fit(stages, 1).Training.Where(operation => operation.IsRecomputed)];

        Assert.Contains(again, operation => operation.Parts.Any(part => part.Layer.Declaration.Kind == "BatchNorm"));
        Assert.DoesNotContain(
            again.SelectMany(operation => operation.Calls), call => call.Kernel == "BatchNormalization.Statistics");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Search_is_bounded_and_gives_the_same_each_time(string name)
    {
        RecomputationNote first = Fit(new Stages(Sources[name]), 1).Recomputation!;
        Assert.Equal(first, Fit(new Stages(Sources[name]), 1).Recomputation);
        Assert.InRange(first.Plans, 2, Recomputation.MostPlans);
        Assert.InRange(first.Steps, 1, 3 * Recomputation.MostSteps);
    }

    [Fact]
    public void Search_in_a_model_of_thousands_of_operations_is_bounded()
    {
        var stages = new Stages(Stages.Residual(300));
        RecomputationNote all = Fit(stages, long.MaxValue).Recomputation!;
        Assert.Equal(1, all.Plans);

        RecomputationNote half = Fit(stages, all.BytesOfModel + (all.BytesOfArena / 2)).Recomputation!;

        Assert.True(half.Fits);
        Assert.InRange(half.Plans, 2, Recomputation.MostPlans);
        Assert.InRange(half.Steps, 1, (3 * Recomputation.MostSteps) + (20L * 2 * stages.Fused.Training.Count));
    }

    [Fact]
    public void Model_is_fitted_once_for_its_report_and_its_code()
    {
        ModelDeclaration declaration = new Stages(Chain(10)).Model.Declaration;
        CheckedModel model = ModelCompiler.CheckAnew(
            declaration with { MemoryBudget = "1GB", Batch = BatchSize }, CancellationToken.None);
        Assert.NotNull(model.KeptToBudget);
        Assert.Same(model.KeptToBudget, ModelCompiler.Fuse(model, CancellationToken.None));
    }

    [Fact]
    public void Model_takes_the_memory_that_its_comment_states_and_little_more()
    {
        string layers = string.Join(", ", Enumerable.Repeat("Dense(64), Tanh", 30));
        string source = $"[Model, Input(64), {layers}, Dense(4), SoftmaxCrossEntropy] public partial class Net;";
        long bytes = Fit(new Stages(source), 1).Recomputation!.Bytes;
        string budget = $"MemoryBudget = \"{MemoryBudget.TextOf(bytes)}\", Batch = {BatchSize}";
        Assembly assembly = TestCompiler.Load(
            source.Replace("[Model,", $"[Model({budget}),", StringComparison.Ordinal));

        // What types and threads take once is taken by the first.
        Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Step();

        // The model's own objects, what rounds its buffers up, and the samples that are given to it.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, bytes, bytes + (16 * 1024));

        void Step()
        {
            var model = (IModel)Activator.CreateInstance(assembly.GetType("Net")!, 1UL)!;
            model.ComputeGradients(new float[BatchSize * 64].AsSpan(), new int[BatchSize]);
        }
    }

    [Theory]
    [MemberData(nameof(TestModelSources.Names), MemberType = typeof(TestModelSources))]
    public void Every_test_model_gives_the_same_bits_with_a_budget(string name)
    {
        IModel plain = TestModelSources.Create(name, "Planned", seed: 3);
        IModel[] small =
        [
            .. Budgeted.Value.Select(assembly => (IModel)Activator.CreateInstance(assembly.GetType(name)!, 3UL)!),
        ];
        foreach (Batch batch in Batch.Draw(plain.Description, BatchSize, seed: 5))
        {
            for (int step = 0; step < 2; step++)
            {
                uint[] bits = BitsOf(plain, batch);
                Assert.All(small, model => Assert.Equal(bits, BitsOf(model, batch)));
            }
        }
    }

    [Fact]
    public void Passes_that_are_run_one_by_one_compute_again_what_the_second_needs()
    {
        const string Name = "ModelDsl.TestModels.BudgetResNet";
        IModel plain = TestModelSources.Create(Name, "Separate", seed: 3);
        Batch batch = Batch.Draw(plain.Description, BatchSize, seed: 5).First();
        float[] gradient = [.. Enumerable.Range(0, BatchSize * 4).Select(number => number - 5f)];
        uint[] bits = Passes(plain);
        foreach (Assembly assembly in Budgeted.Value)
        {
            Assert.Equal(bits, Passes((IModel)Activator.CreateInstance(assembly.GetType(Name)!, 3UL)!));
        }

        uint[] Passes(IModel model)
        {
            var differentiable = (IDifferentiableModel)model;
            float[] outputs = differentiable.Forward(batch.Samples).ToArray();
            differentiable.Backward(gradient);
            float[] all = [.. outputs, .. differentiable.InputGradient, .. model.Gradients, .. model.Parameters];
            return MemoryMarshal.Cast<float, uint>(all).ToArray();
        }
    }

    // The loss, the outputs, the gradients, and the parameters with the statistics that the step has moved.
    private static uint[] BitsOf(IModel model, Batch batch)
    {
        float loss = model.ComputeGradients(batch.Samples, batch.Targets);
        float[] outputs = model.Outputs.ToArray();
        float[] input = model is IDifferentiableModel differentiable ? differentiable.InputGradient.ToArray() : [];
        return MemoryMarshal
            .Cast<float, uint>([loss, .. outputs, .. input, .. model.Gradients, .. model.Parameters])
            .ToArray();
    }

    private static string Chain(int layers)
    {
        string all = string.Join(", ", Enumerable.Repeat("Dense(64), Tanh", layers));
        return $"[Model, Input(64), {all}, Dense(1), MeanSquaredError] public partial class Net;";
    }

    private static FusedModel Fit(Stages stages, long bytes) => Recomputation.Fit(
        FusedModel.From(stages.Differentiated, CancellationToken.None),
        new MemoryBudget(bytes, BatchSize),
        stages.Model.Declaration.Precision,
        CancellationToken.None);

    // The budget that a report of MDL0441 names.
    private static long SmallestOf(CheckedModel model)
    {
        object[] texts = Assert.Single(model.Issues, issue => issue.Message.Rule.Id == "MDL0441").Message.Texts;
        return MemoryBudget.Parse((string)texts[3], 1)!.Value.Bytes;
    }

    // The test models again, each with the least memory that can be found, and a part of what more it would take.
    private static Assembly Compile(MemoryMode mode, double part)
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation([.. TestModelSources.Texts]);
        List<SyntaxTree> generated = [];
        int recomputing = 0;
        foreach (ModelDeclaration read in new ModelReader().Read(compilation, CancellationToken.None)
            .OfType<ModelDeclaration>()
            .Where(model => !model.IsForInference))
        {
            ModelDeclaration declaration = read with { Batch = BatchSize, ClipsSamples = false };
            RecomputationNote all = Check("1GB").KeptToBudget!.Recomputation!;
            CheckedModel fitted = Check("1B");
            long smallest = SmallestOf(fitted);
            if (part > 0)
            {
                fitted = Check($"{smallest + (long)(part * (all.Bytes - smallest))}B");
            }
            else
            {
                Assert.NotEmpty(Check($"{smallest - 1}B").Issues);
                fitted = Check($"{smallest}B");
                Assert.Equal(smallest, fitted.KeptToBudget!.Recomputation!.Bytes);
            }

            Assert.All(fitted.Issues, issue => Assert.False(issue.Message.IsError, declaration.Name));
            recomputing += fitted.KeptToBudget!.Recomputation!.Operations > 0 ? 1 : 0;
            generated.Add(CSharpSyntaxTree.ParseText(
                ModelCompiler.Write(fitted, mode, CancellationToken.None).Text,
                (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
                declaration.HintName + ".g.cs"));

            CheckedModel Check(string budget) =>
                ModelCompiler.CheckAnew(declaration with { MemoryBudget = budget }, CancellationToken.None);
        }

        Assert.True(recomputing > generated.Count / 4, $"{recomputing} of {generated.Count} models compute again");
        using var image = new MemoryStream();
        var result = compilation.AddSyntaxTrees(generated).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Take(10)));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }
}
