namespace ModelDsl.Runtime.Tests.Training;

public sealed class OptimizerTests
{
    private const int Steps = 12;

    public static TheoryData<Type> Optimizers =>
        [.. typeof(IOptimizer).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IOptimizer)))];

    [Theory]
    [InlineData(0f, false, 0f)]
    [InlineData(0f, false, 0.1f)]
    [InlineData(0.9f, false, 0f)]
    [InlineData(0.9f, true, 0f)]
    [InlineData(0.8f, true, 0.05f)]
    public void Sgd_follows_PyTorchs_formula(float momentum, bool nesterov, float weightDecay)
    {
        var optimizer = new Sgd
        {
            LearningRate = 0.1f,
            Momentum = momentum,
            Nesterov = nesterov,
            WeightDecay = weightDecay,
        };
        double velocity = 0;
        AssertFollows(optimizer, (parameter, gradient, step) =>
        {
            gradient += weightDecay * parameter;
            velocity = step == 1 ? gradient : (momentum * velocity) + gradient;
            return parameter - (0.1f * (nesterov ? gradient + (momentum * velocity) : velocity));
        });
    }

    [Theory]
    [InlineData(0.9f, 0.999f, 0f)]
    [InlineData(0.8f, 0.95f, 0.1f)]
    [InlineData(0f, 0f, 0f)]
    public void Adam_follows_PyTorchs_formula(float beta1, float beta2, float weightDecay)
    {
        var optimizer = new Adam { LearningRate = 0.01f, Beta1 = beta1, Beta2 = beta2, WeightDecay = weightDecay };
        double mean = 0;
        double square = 0;
        AssertFollows(optimizer, (parameter, gradient, step) => AdamStep(
            parameter, gradient + (weightDecay * parameter), step, beta1, beta2, ref mean, ref square));
    }

    [Fact]
    public void AdamW_takes_the_weight_decay_from_the_parameter()
    {
        var optimizer = new AdamW { LearningRate = 0.01f, WeightDecay = 0.2f };
        double mean = 0;
        double square = 0;
        AssertFollows(optimizer, (parameter, gradient, step) => AdamStep(
            parameter * (1 - (0.01f * 0.2f)), gradient, step, 0.9f, 0.999f, ref mean, ref square));
    }

    [Theory]
    [InlineData(0.9f, 0.99f, 0f)]
    [InlineData(0.95f, 0.98f, 0.3f)]
    [InlineData(0f, 0f, 0f)]
    public void Lion_steps_by_the_sign_of_its_momentum(float beta1, float beta2, float weightDecay)
    {
        var optimizer = new Lion { LearningRate = 0.01f, Beta1 = beta1, Beta2 = beta2, WeightDecay = weightDecay };
        double momentum = 0;
        AssertFollows(optimizer, (parameter, gradient, _) =>
        {
            int direction = Math.Sign((beta1 * momentum) + ((1.0 - beta1) * gradient));
            momentum = (beta2 * momentum) + ((1.0 - beta2) * gradient);
            return parameter - (0.01f * (direction + (weightDecay * parameter)));
        });
    }

    [Fact]
    public void Gradients_are_clipped_by_their_common_norm()
    {
        float[] parameters = [1, 1];
        new Sgd { LearningRate = 1f, MaxGradientNorm = 2.5f }.Step(parameters, [3, 4]);
        Assert.Equal(-0.5f, parameters[0], 1e-5f);
        Assert.Equal(-1f, parameters[1], 1e-5f);
    }

    [Fact]
    public void Gradients_below_the_norm_are_left_alone()
    {
        float[] parameters = [1, 1];
        new Sgd { LearningRate = 1f, MaxGradientNorm = 6f }.Step(parameters, [3, 4]);
        Assert.Equal([-2f, -3f], parameters);
    }

    [Theory]
    [InlineData(3e19f)]
    [InlineData(3e38f)]
    [InlineData(-1e30f)]
    public void A_gradient_whose_square_is_no_float_is_clipped_by_every_optimizer(float gradient)
    {
        float[] parameters = [1];
        new Sgd { LearningRate = 1f, MaxGradientNorm = 1f }.Step(parameters, [gradient]);
        Assert.Equal(1f - Math.Sign(gradient), parameters[0], 1e-5f);
        foreach (IOptimizer optimizer in new IOptimizer[]
            {
                new Adam { LearningRate = 0.5f, MaxGradientNorm = 1f },
                new AdamW { LearningRate = 0.5f, MaxGradientNorm = 1f, WeightDecay = 0f },
            })
        {
            parameters = [1];
            optimizer.Step(parameters, [gradient]);
            Assert.Equal(1f - (0.5f * Math.Sign(gradient)), parameters[0], 1e-5f);
        }
    }

    [Fact]
    public void The_norm_of_tiny_and_of_huge_gradients_is_measured()
    {
        Assert.Equal(0.5, GradientClipping.Scale([3e-5f, 4e-5f], 25.5e-6f), 1e-6);
        Assert.Equal(1.0, GradientClipping.Scale([1e-30f, 1e-30f], 1f));
        Assert.Equal(1, GradientClipping.Scale(Enumerable.Repeat(1e30f, 10_000).ToArray(), 1f) / 1e-32, 1e-5);
        Assert.True(float.IsNaN(GradientClipping.Scale([1f, float.NaN], 1f)));
    }

    [Fact]
    public void Clipping_measures_long_gradients_too() =>
        Gen.Float[-1f, 1f].Array[1, 20_000].Sample(gradients =>
        {
            double norm = Math.Sqrt(gradients.Sum(gradient => (double)gradient * gradient));
            double expected = Math.Min(1, 0.5 / (norm + 1e-6));
            Assert.Equal(expected, GradientClipping.Scale(gradients, 0.5f), 1e-5 * expected);
        }, iter: 50);

    [Fact]
    public void The_learning_rate_may_change_between_steps()
    {
        float[] parameters = [0];
        var optimizer = new Sgd { LearningRate = 1f };
        optimizer.Step(parameters, [1]);
        optimizer.LearningRate = 0.5f;
        optimizer.Step(parameters, [1]);
        Assert.Equal([-1.5f], parameters);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Learning_rate_that_is_negative_or_not_finite_is_refused(Type type)
    {
        foreach (float rate in (float[])[-1f, float.NaN, float.PositiveInfinity])
        {
            AssertRefused("LearningRate", () => Create(type).LearningRate = rate);
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        AssertRefused("Momentum", () => new Sgd { Momentum = 1f });
        AssertRefused("Beta1", () => new Adam { Beta1 = 1f });
        AssertRefused("Beta2", () => new AdamW { Beta2 = -0.1f });
        AssertRefused("Beta1", () => new Lion { Beta1 = 1f });
        AssertRefused("Beta2", () => new Lion { Beta2 = float.NaN });
        AssertRefused("WeightDecay", () => new Lion { WeightDecay = -1f });
        AssertRefused("MaxGradientNorm", () => new Lion { MaxGradientNorm = 0f });
        AssertRefused("Epsilon", () => new Adam { Epsilon = -1f });
        AssertRefused("WeightDecay", () => new Sgd { WeightDecay = -1f });
        AssertRefused("MaxGradientNorm", () => new Adam { MaxGradientNorm = 0f });
        AssertRefused("MaxGradientNorm", () => new Sgd { MaxGradientNorm = float.NaN });
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Gradients_of_another_length_are_refused(Type type)
    {
        var exception = Assert.Throws<ArgumentException>(() => Create(type).Step(new float[3], new float[2]));
        Assert.StartsWith("expected 3 gradients, one for each parameter, got 2", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_refuses_the_parameters_of_a_second_model(Type type)
    {
        IOptimizer optimizer = Create(type);
        optimizer.Step(new float[3], new float[3]);
        var exception = Assert.Throws<ArgumentException>(() => optimizer.Step(new float[4], new float[4]));
        Assert.StartsWith("expected 3 parameters as at the first step, got 4", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Zero_parameters_with_zero_gradients_stay_zero(Type type)
    {
        float[] padding = new float[16];
        IOptimizer optimizer = Create(type);
        type.GetProperty("WeightDecay")!.SetValue(optimizer, 0.1f);
        type.GetProperty("Momentum")?.SetValue(optimizer, 0.9f);
        optimizer.Step(padding, new float[16]);
        optimizer.Step(padding, new float[16]);
        Assert.Equal(new float[16], padding);
    }

    private static IOptimizer Create(Type type) => (IOptimizer)Activator.CreateInstance(type)!;

    private static double AdamStep(
        double parameter, double gradient, int step, float beta1, float beta2, ref double mean, ref double square)
    {
        mean = (beta1 * mean) + ((1.0 - beta1) * gradient);
        square = (beta2 * square) + ((1.0 - beta2) * gradient * gradient);
        double denominator = (Math.Sqrt(square) / Math.Sqrt(1 - Math.Pow(beta2, step))) + 1e-8f;
        return parameter - (0.01f / (1 - Math.Pow(beta1, step)) * mean / denominator);
    }

    /// <summary>Runs some steps over parameters of which the one in the middle is compared; its neighbours differ.</summary>
    private static void AssertFollows(IOptimizer optimizer, Func<double, double, int, double> rule)
    {
        const int Compared = 17;
        float[] parameters = [.. Enumerable.Range(0, 37).Select(i => (0.05f * i) - 0.4f)];
        double expected = parameters[Compared];
        for (int step = 1; step <= Steps; step++)
        {
            float[] gradients = [.. parameters.Select((parameter, i) => MathF.Sin((3 * step) + i) + (0.1f * parameter))];
            expected = rule(expected, gradients[Compared], step);
            optimizer.Step(parameters, gradients);
            Assert.Equal(expected, parameters[Compared], 2e-6);
        }
    }

    private static void AssertRefused(string setting, Func<object> create)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.Equal(setting, exception.ParamName);
        Assert.StartsWith("expected ", exception.Message, StringComparison.Ordinal);
    }
}
