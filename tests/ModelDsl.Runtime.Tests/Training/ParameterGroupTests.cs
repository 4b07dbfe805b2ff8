namespace ModelDsl.Runtime.Tests.Training;

public sealed class ParameterGroupTests
{
    public static TheoryData<string> Cases => OptimizerCases.Names;

    [Fact]
    public void Biases_and_norms_are_spared_weight_decay_by_one_line()
    {
        var optimizer = new AdamW
        {
            LearningRate = 0.5f,
            WeightDecay = 0.1f,
            Groups = { ParameterGroup.NoDecayOnBiasesAndNorms },
        };
        LinearModel model = OptimizerCases.CreateModel();
        Tensor(model, 0).Fill(2f);
        Tensor(model, 1).Fill(2f);
        optimizer.Step(model);
        Assert.All(Tensor(model, 0).ToArray(), value => Assert.Equal(2f * (1 - (0.5f * 0.1f)), value, 1e-6f));
        Assert.All(Tensor(model, 1).ToArray(), value => Assert.Equal(2f, value));
    }

    [Fact]
    public void A_tensor_of_several_groups_has_the_product_of_their_rates_and_the_last_weight_decay()
    {
        var optimizer = new Sgd
        {
            LearningRate = 1f,
            WeightDecay = 9f,
            Groups =
            {
                new ParameterGroup("dense1") { LearningRateFactor = 0.5f, WeightDecay = 8f },
                new ParameterGroup(parameter => parameter.Name.EndsWith("bias", StringComparison.Ordinal))
                {
                    LearningRateFactor = 0.5f,
                },
                new ParameterGroup(parameter => true) { WeightDecay = 0f },
            },
        };
        LinearModel model = OptimizerCases.CreateModel();
        model.Parameters.Fill(1f);
        model.Gradients.Fill(1f);
        optimizer.Step(model);
        Assert.All(Tensor(model, 0).ToArray(), value => Assert.Equal(0.5f, value));
        Assert.All(Tensor(model, 1).ToArray(), value => Assert.Equal(0.75f, value));
        Assert.Equal(3, optimizer.Groups.Count);
    }

    [Fact]
    public void A_rate_of_0_keeps_a_tensor()
    {
        var optimizer = new AdamW { Groups = { new ParameterGroup("dense1.weight") { LearningRateFactor = 0f } } };
        LinearModel model = OptimizerCases.CreateModel();
        float[] before = Tensor(model, 0).ToArray();
        OptimizerCases.Run(optimizer, model, first: 1, count: 3);
        Assert.Equal(before, Tensor(model, 0).ToArray());
        Assert.All(Tensor(model, 1).ToArray(), value => Assert.NotEqual(0f, value));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Groups_that_change_nothing_give_the_same_bits(string name)
    {
        LinearModel plain = OptimizerCases.CreateModel(), grouped = OptimizerCases.CreateModel();
        OptimizerCases.Run(OptimizerCases.Create(name), plain, first: 1, count: 5);
        Optimizer optimizer = OptimizerCases.Create(name);
        optimizer.Groups.Add(new ParameterGroup(parameter => parameter.IsVector) { WeightDecay = optimizer.WeightDecay });
        OptimizerCases.Run(optimizer, grouped, first: 1, count: 5);
        Assert.Equal(plain.Parameters.ToArray(), grouped.Parameters.ToArray());
    }

    [Fact]
    public void Neighbours_that_are_treated_alike_are_one_run()
    {
        ModelDescription model = Of(("a.weight", 2), ("a.bias", 1), ("b.weight", 2), ("c.weight", 2), ("c.bias", 1));
        Assert.Equal(
            [new ParameterRun(0, 80, 1f, 0.1f, null)], ParameterRun.Of(model, [], 0.1f, (_, _) => false));
        Assert.Equal(
            [
                new ParameterRun(0, 16, 1f, 0.1f, null),
                new ParameterRun(16, 16, 1f, 0f, null),
                new ParameterRun(32, 32, 1f, 0.1f, null),
                new ParameterRun(64, 16, 1f, 0f, null),
            ],
            ParameterRun.Of(model, [ParameterGroup.NoDecayOnBiasesAndNorms], 0.1f, (_, _) => false));
        ParameterRun[] alone = ParameterRun.Of(model, [], 0.1f, (_, parameter) => parameter.Name == "b.weight");
        Assert.Equal([(0, 32), (32, 16), (48, 32)], alone.Select(run => (run.Start, run.Length)));
        Assert.Equal([null, "b.weight", null], alone.Select(run => run.Tensor?.Name));
    }

    [Fact]
    public void Rates_fall_from_block_to_block_towards_the_input()
    {
        ModelDescription model = Of(
            ("embedding1.weight", 2), ("repeat1.0.dense1.weight", 2), ("repeat1.0.dense1.bias", 1),
            ("repeat1.1.dense1.weight", 2),
            ("dense1.weight", 2), ("dense1.bias", 1), ("dense10.weight", 2));
        ParameterRun[] runs = ParameterRun.Of(model, ParameterGroup.LayerwiseDecay(model, 0.5f), 0f, (_, _) => false);
        Assert.Equal([0.0625f, 0.125f, 0.25f, 0.5f, 1f], runs.Select(run => run.LearningRateFactor));
        Assert.Equal([0, 16, 48, 64, 96], runs.Select(run => run.Start));
    }

    [Fact]
    public void A_layer_that_does_not_exist_is_refused_by_name()
    {
        var optimizer = new Sgd { Groups = { new ParameterGroup("dens1") } };
        var exception = Assert.Throws<ArgumentException>(() => optimizer.Attach(OptimizerCases.CreateModel()));
        Assert.Equal(
            "Linear: expected a layer or block with parameters for a group, got dens1; there are dense1", exception.Message);
    }

    [Fact]
    public void Groups_ask_for_a_model_and_come_before_it()
    {
        var optimizer = new Sgd { Groups = { ParameterGroup.NoDecayOnBiasesAndNorms } };
        var exception = Assert.Throws<InvalidOperationException>(() => optimizer.Step(new float[3], new float[3]));
        Assert.StartsWith(
            "expected a model, whose tensors the groups must know, got parameters", exception.Message, StringComparison.Ordinal);
        optimizer.Attach(OptimizerCases.CreateModel());
        Assert.Throws<InvalidOperationException>(() => optimizer.Groups.Add(new ParameterGroup("dense1")));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_trainer_tells_its_optimizer_the_model(string name)
    {
        LinearModel model = OptimizerCases.CreateModel();
        float[] before = Tensor(model, 0).ToArray(), biases = Tensor(model, 1).ToArray();
        Optimizer optimizer = OptimizerCases.Create(name);
        optimizer.Groups.Add(new ParameterGroup("dense1.weight") { LearningRateFactor = 0f });
        var data = Dataset.FromValues(
            model.Description.InputShape, Enumerable.Repeat(1f, 13 * 4).ToArray(), new float[7 * 4]);
        new Trainer<LinearModel>(model, optimizer).Fit(data);
        Assert.Equal(before, Tensor(model, 0).ToArray());
        Assert.NotEqual(biases, Tensor(model, 1).ToArray());
        Assert.Throws<ArgumentException>(() => new Trainer<LinearModel>(OptimizerCases.CreateModel(), optimizer).Fit(data));
    }

    [Fact]
    public void Settings_of_a_group_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup("a") { LearningRateFactor = -1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterGroup("a") { WeightDecay = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ParameterGroup.LayerwiseDecay(OptimizerCases.CreateModel().Description, float.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new ParameterGroup(""));
        Assert.Throws<ArgumentNullException>(() => new ParameterGroup((Func<ParameterDescription, bool>)null!));
    }

    [Fact]
    public void A_step_over_groups_allocates_nothing()
    {
        var optimizer = new AdamW { Groups = { ParameterGroup.NoDecayOnBiasesAndNorms } };
        LinearModel model = OptimizerCases.CreateModel();
        optimizer.Step(model);
        long before = GC.GetAllocatedBytesForCurrentThread();
        optimizer.Step(model);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Span<float> Tensor(LinearModel model, int index)
    {
        ParameterDescription parameter = model.Description.Parameters[index];
        return model.Parameters.Slice(parameter.Offset, parameter.Shape.Count);
    }

    /// <summary>Tensors of up to 16 floats, one after the other.</summary>
    private static ModelDescription Of(params (string Name, int Rank)[] tensors) => new(
        "Model",
        new Shape(1),
        new Shape(1),
        LossKind.MeanSquaredError,
        [],
        [
            .. tensors.Select((tensor, index) => new ParameterDescription(
                tensor.Name, tensor.Rank == 1 ? new Shape(3) : new Shape(3, 4), 16 * index, new Initialization(Initializer.Zeros))),
        ],
        16 * tensors.Length,
        1,
        1);
}
