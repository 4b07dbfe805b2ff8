namespace ModelDsl.Runtime.Tests.Training;

public sealed class OptimizerStateTests
{
    public static TheoryData<string> Cases => OptimizerCases.Names;

    [Fact]
    public void Every_optimizer_is_among_the_cases() => Assert.Equal(
        typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)
            .Select(type => type.Name).Order(),
        OptimizerCases.All.Select(name => OptimizerCases.Create(name).GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_restored_optimizer_continues_with_the_same_bits(string name)
    {
        LinearModel through = OptimizerCases.CreateModel(), resumed = OptimizerCases.CreateModel();
        OptimizerCases.Run(OptimizerCases.Create(name), through, first: 1, count: 9);

        Optimizer before = OptimizerCases.Create(name);
        OptimizerCases.Run(before, resumed, first: 1, count: 4);
        OptimizerState saved = Copy(before.GetState());
        OptimizerCases.Run(before, resumed, first: 40, count: 1);

        // A resumed training has a model of its own, too.
        LinearModel second = OptimizerCases.CreateModel();
        OptimizerCases.Run(OptimizerCases.Create(name), second, first: 1, count: 4);
        Optimizer after = OptimizerCases.Create(name);
        after.SetState(saved);
        Assert.Equal(4, after.StepCount);
        OptimizerCases.Run(after, second, first: 5, count: 5);
        Assert.Equal(through.Parameters.ToArray(), second.Parameters.ToArray());
        Assert.Equal(9, after.StepCount);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_state_of_an_optimizer_at_work_can_be_set_back(string name)
    {
        LinearModel model = OptimizerCases.CreateModel();
        Optimizer optimizer = OptimizerCases.Create(name);
        OptimizerState none = Copy(optimizer.GetState());
        float[] initial = model.Parameters.ToArray();
        OptimizerCases.Run(optimizer, model, first: 1, count: 3);
        OptimizerState saved = Copy(optimizer.GetState());
        float[] parameters = model.Parameters.ToArray();
        OptimizerCases.Run(optimizer, model, first: 4, count: 3);
        float[] expected = model.Parameters.ToArray();

        parameters.CopyTo(model.Parameters);
        optimizer.SetState(saved);
        OptimizerCases.Run(optimizer, model, first: 4, count: 3);
        Assert.Equal(expected, model.Parameters.ToArray());

        initial.CopyTo(model.Parameters);
        optimizer.SetState(none);
        OptimizerCases.Run(optimizer, model, first: 1, count: 6);
        Assert.Equal(expected, model.Parameters.ToArray());
    }

    [Fact]
    public void State_that_is_not_finite_survives()
    {
        var optimizer = new Adam();
        optimizer.Step(new float[4], [1e30f, -float.MaxValue, float.NaN, float.PositiveInfinity]);
        OptimizerState saved = Copy(optimizer.GetState());
        var resumed = new Adam();
        resumed.SetState(saved);
        Assert.Equal(
            saved.Tensors.SelectMany(tensor => tensor.Values.ToArray()).Select(BitConverter.SingleToInt32Bits),
            resumed.GetState().Tensors.SelectMany(tensor => tensor.Values.ToArray()).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void The_state_is_the_optimizers_own_memory()
    {
        var optimizer = new Sgd { Momentum = 0.9f };
        optimizer.Step(new float[3], [1, 2, 3]);
        OptimizerState state = optimizer.GetState();
        Assert.Equal(("Sgd", 1L), (state.Kind, state.StepCount));
        OptimizerTensor velocity = Assert.Single(state.Tensors);
        Assert.Equal("velocity", velocity.Name);
        Assert.Equal([1f, 2f, 3f], velocity.Values.ToArray());
        optimizer.Step(new float[3], [1, 1, 1]);
        Assert.Equal(1.9f, velocity.Values.Span[0]);
    }

    [Fact]
    public void State_of_another_optimizer_of_other_settings_or_another_length_is_refused_and_changes_nothing()
    {
        var optimizer = new Adam();
        optimizer.Step(new float[4], [1, 2, 3, 4]);
        OptimizerState good = Copy(optimizer.GetState());
        OptimizerTensor first = good.Tensors[0], second = good.Tensors[1];
        foreach ((OptimizerState state, string message) in new (OptimizerState, string)[]
            {
                (good with { Kind = "AdamW" }, "expected the state of Adam, got that of AdamW"),
                (good with { Kind = "A\n" }, "expected the state of Adam, got that of A\\n"),
                (good with { Tensors = [first] },
                    "expected the tensors firstMoment, secondMoment of Adam with these settings, got firstMoment"),
                (good with { Tensors = [] }, "expected the tensors firstMoment, secondMoment of Adam with these settings, got none"),
                (good with { Tensors = [first, first] }, "expected the tensors firstMoment, secondMoment of Adam"),
                (good with { Tensors = [first, second with { Values = new float[5] }] },
                    "expected 4 values of secondMoment for this model, got 5"),
                (good with { StepCount = -1 }, "expected tensors and a number of steps of at least 0, got -1 steps"),
                (good with { Tensors = default }, "expected tensors and a number of steps"),
            })
        {
            Assert.StartsWith(
                message, Assert.Throws<ArgumentException>(() => optimizer.SetState(state)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, optimizer.StepCount);
        Assert.Equal(first.Values.ToArray(), optimizer.GetState().Tensors[0].Values.ToArray());
        optimizer.SetState(good with { Tensors = [second, first] });
        Assert.Equal(first.Values.ToArray(), optimizer.GetState().Tensors[0].Values.ToArray());
    }

    [Fact]
    public void State_of_a_model_of_another_length_is_refused_once_the_model_is_known_and_may_be_set_again()
    {
        var optimizer = new Adam();
        optimizer.SetState(new OptimizerState(
            "Adam", 3, [new("firstMoment", new float[5]), new("secondMoment", new float[5])]));
        var exception = Assert.Throws<ArgumentException>(() => optimizer.Step(new float[4], new float[4]));
        Assert.StartsWith("expected 4 values of firstMoment for this model, got 5", exception.Message, StringComparison.Ordinal);
        optimizer.SetState(new OptimizerState(
            "Adam", 3, [new("firstMoment", new float[4]), new("secondMoment", new float[4])]));
        optimizer.Step(new float[4], new float[4]);
        Assert.Equal(4, optimizer.StepCount);
    }

    [Fact]
    public void An_optimizer_of_ones_own_says_that_its_state_is_not_known()
    {
        IOptimizer own = new Own();
        Assert.StartsWith(
            "expected an optimizer whose state can be saved, got Own",
            Assert.Throws<NotSupportedException>(own.GetState).Message,
            StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => own.SetState(new OptimizerState("Own", 0, [])));
        LinearModel model = OptimizerCases.CreateModel();
        own.Step(model);
        Assert.Equal(1f, model.Parameters[0]);
    }

    private static OptimizerState Copy(OptimizerState state) => state with
    {
        Tensors = [.. state.Tensors.Select(tensor => tensor with { Values = tensor.Values.ToArray() })],
    };

    private sealed class Own : IOptimizer
    {
        public float LearningRate { get; set; }

        public void Step(Span<float> parameters, ReadOnlySpan<float> gradients) => parameters[0] = 1f;
    }
}
