namespace ModelDsl.Runtime.Tests.Training;

public sealed class OptimizerTests
{
    private const int Steps = 12;

    public static TheoryData<Type> Optimizers =>
        [.. typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)];

    [Theory]
    [InlineData(0f, false, 0f, 0f)]
    [InlineData(0f, false, 0.1f, 0.5f)]
    [InlineData(0.9f, false, 0f, 0f)]
    [InlineData(0.9f, false, 0.1f, 0.4f)]
    [InlineData(0.9f, true, 0f, 0f)]
    [InlineData(0.8f, true, 0.05f, 0f)]
    public void Sgd_follows_PyTorchs_formula(float momentum, bool nesterov, float weightDecay, float dampening)
    {
        var optimizer = new Sgd
        {
            LearningRate = 0.1f,
            Momentum = momentum,
            Nesterov = nesterov,
            WeightDecay = weightDecay,
            Dampening = dampening,
        };
        double velocity = 0;
        AssertFollows(optimizer, (parameter, gradient, step) =>
        {
            gradient += weightDecay * parameter;
            velocity = step == 1 || momentum == 0 ? gradient : (momentum * velocity) + ((1 - dampening) * gradient);
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

    [Fact]
    public void AmsGrad_divides_by_the_largest_moment_so_far()
    {
        var optimizer = new Adam { LearningRate = 0.01f, Beta2 = 0.9f, AmsGrad = true };
        double mean = 0, square = 0, largest = 0;
        AssertFollows(optimizer, (parameter, gradient, step) =>
        {
            mean = (0.9f * mean) + ((1 - 0.9f) * gradient);
            square = (0.9f * square) + ((1 - 0.9f) * gradient * gradient);
            largest = Math.Max(largest, square);
            double denominator = Math.Sqrt(largest / (1 - Math.Pow(0.9f, step))) + 1e-8f;
            return parameter - (0.01f / (1 - Math.Pow(0.9f, step)) * mean / denominator);
        });
    }

    [Theory]
    [InlineData(0.9f, 0f, false)]
    [InlineData(0.9f, 0.2f, false)]
    [InlineData(0.5f, 0.2f, true)]
    [InlineData(0f, 0f, false)]
    public void NAdam_follows_PyTorchs_formula(float beta1, float weightDecay, bool decoupled)
    {
        var optimizer = new NAdam
        {
            LearningRate = 0.01f,
            Beta1 = beta1,
            WeightDecay = weightDecay,
            DecoupledWeightDecay = decoupled,
            MomentumDecay = 0.02f,
        };
        double mean = 0, square = 0, product = 1;
        double MomentumAt(int step) => beta1 * (1 - (0.5 * Math.Pow(0.96, step * 0.02f)));
        AssertFollows(optimizer, (parameter, gradient, step) =>
        {
            gradient += decoupled ? 0 : weightDecay * parameter;
            parameter *= decoupled ? 1 - (0.01f * weightDecay) : 1;
            mean = (beta1 * mean) + ((1.0 - beta1) * gradient);
            square = (0.999f * square) + ((1 - 0.999f) * gradient * gradient);
            double momentum = MomentumAt(step), next = MomentumAt(step + 1);
            product *= momentum;
            double denominator = Math.Sqrt(square / (1 - Math.Pow(0.999f, step))) + 1e-8f;
            return parameter
                - (0.01f * (1 - momentum) / (1 - product) * gradient / denominator)
                - (0.01f * next / (1 - (product * next)) * mean / denominator);
        });
    }

    [Theory]
    [InlineData(0f, false, 0f)]
    [InlineData(0.9f, false, 0.1f)]
    [InlineData(0f, true, 0f)]
    [InlineData(0.8f, true, 0.1f)]
    public void RmsProp_follows_PyTorchs_formula(float momentum, bool centered, float weightDecay)
    {
        var optimizer = new RmsProp
        {
            LearningRate = 0.01f,
            Alpha = 0.9f,
            Momentum = momentum,
            Centered = centered,
            WeightDecay = weightDecay,
        };
        double square = 0, mean = 0, velocity = 0;
        AssertFollows(optimizer, (parameter, gradient, _) =>
        {
            gradient += weightDecay * parameter;
            square = (0.9f * square) + ((1 - 0.9f) * gradient * gradient);
            mean = (0.9f * mean) + ((1 - 0.9f) * gradient);
            double root = Math.Sqrt(centered ? square - (mean * mean) : square) + 1e-8f;
            velocity = (momentum * velocity) + (gradient / root);
            return parameter - (0.01f * velocity);
        });
    }

    [Theory]
    [InlineData(0f, 0f, 0f)]
    [InlineData(0.1f, 0.5f, 0.1f)]
    public void Adagrad_follows_PyTorchs_formula(float rateDecay, float initial, float weightDecay)
    {
        var optimizer = new Adagrad
        {
            LearningRate = 0.05f,
            LearningRateDecay = rateDecay,
            InitialSquares = initial,
            WeightDecay = weightDecay,
        };
        double sum = initial;
        AssertFollows(optimizer, (parameter, gradient, step) =>
        {
            gradient += weightDecay * parameter;
            sum += gradient * gradient;
            return parameter - (0.05f / (1 + ((step - 1) * rateDecay)) * gradient / (Math.Sqrt(sum) + 1e-10f));
        });
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
        AssertRefused("MaxGradientValue", () => new Sgd { MaxGradientValue = 0f });
        AssertRefused("Dampening", () => new Sgd { Dampening = 1f });
        AssertRefused("MomentumDecay", () => new NAdam { MomentumDecay = -1f });
        AssertRefused("Beta1", () => new NAdam { Beta1 = 1f });
        AssertRefused("Alpha", () => new RmsProp { Alpha = 1f });
        AssertRefused("Momentum", () => new RmsProp { Momentum = -0.1f });
        AssertRefused("Epsilon", () => new RmsProp { Epsilon = float.NaN });
        AssertRefused("LearningRateDecay", () => new Adagrad { LearningRateDecay = -1f });
        AssertRefused("InitialSquares", () => new Adagrad { InitialSquares = -1f });
        AssertRefused("Epsilon", () => new Adagrad { Epsilon = -1f });
        AssertRefused("Beta2Decay", () => new Adafactor { Beta2Decay = 0.1f });
        AssertRefused("GradientEpsilon", () => new Adafactor { GradientEpsilon = 0f });
        AssertRefused("ParameterEpsilon", () => new Adafactor { ParameterEpsilon = -1f });
        AssertRefused("ClippingThreshold", () => new Adafactor { ClippingThreshold = 0f });
        AssertRefused("Momentum", () => new Muon { Momentum = 1f });
        AssertRefused("AdamLearningRateFactor", () => new Muon { AdamLearningRateFactor = -1f });
        AssertRefused("Beta1", () => new Muon { Beta1 = 1f });
        AssertRefused("Beta2", () => new Muon { Beta2 = 1f });
        AssertRefused("Epsilon", () => new Muon { Epsilon = -1f });
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Gradients_of_another_length_are_refused(Type type)
    {
        Optimizer optimizer = Create(type);
        LinearModel model = CreateModel();
        optimizer.Attach(model);
        int length = model.Description.TrainableLength;
        var exception = Assert.Throws<ArgumentException>(
            () => optimizer.Step(((IModel)model).TrainableParameters, new float[length - 1]));
        Assert.StartsWith(
            $"expected {length} gradients, one for each parameter, got {length - 1}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void An_optimizer_refuses_a_second_model(Type type)
    {
        Optimizer optimizer = Create(type);
        optimizer.Step(CreateModel());
        LinearModel equal = CreateModel(), longer = CreateModel(outputs: 20);
        AssertStartsWith("expected the Linear of the first step, got another Linear", () => optimizer.Step(equal));
        AssertStartsWith(
            "expected the parameters of the Linear of the first step, got others",
            () => optimizer.Step(((IModel)equal).TrainableParameters, equal.Gradients));
        AssertStartsWith("expected the Linear of the first step, got another Linear", () => optimizer.Step(longer));
        AssertStartsWith(
            "expected 32 parameters as at the first step, got 112",
            () => optimizer.Step(((IModel)longer).TrainableParameters, longer.Gradients));
    }

    [Fact]
    public void An_optimizer_that_knows_no_model_refuses_parameters_of_another_length()
    {
        var optimizer = new Sgd();
        optimizer.Step(new float[3], new float[3]);
        AssertStartsWith(
            "expected 3 parameters as at the first step, got 4", () => optimizer.Step(new float[4], new float[4]));
        AssertStartsWith(
            "expected 3 parameters as at the first step, got 32", () => optimizer.Attach(CreateModel()));
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_model_and_its_memory_are_the_same_to_an_optimizer(Type type)
    {
        LinearModel byModel = CreateModel(), byMemory = CreateModel();
        Optimizer first = Create(type), second = Create(type);
        second.Attach(byMemory);
        for (int step = 0; step < 3; step++)
        {
            byModel.Gradients.Fill(0.1f * (step + 1));
            byModel.Gradients.CopyTo(byMemory.Gradients);
            ((IOptimizer)first).Step(byModel);
            second.Step(((IModel)byMemory).TrainableParameters, byMemory.Gradients);
        }

        Assert.Equal(byModel.Parameters.ToArray(), byMemory.Parameters.ToArray());
        Assert.NotEqual(CreateModel().Parameters.ToArray(), byMemory.Parameters.ToArray());
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Zero_parameters_with_zero_gradients_stay_zero(Type type)
    {
        Optimizer optimizer = Create(type);
        type.GetProperty("WeightDecay")!.SetValue(optimizer, 0.1f);
        type.GetProperty("Momentum")?.SetValue(optimizer, 0.9f);
        LinearModel model = CreateModel();
        model.Parameters.Clear();
        optimizer.Step(model);
        optimizer.Step(model);
        Assert.All(model.Parameters.ToArray(), value => Assert.Equal(0f, value));
    }

    [Theory]
    [InlineData(typeof(Adafactor))]
    [InlineData(typeof(Muon))]
    public void An_optimizer_of_matrices_asks_for_the_model(Type type)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Create(type).Step(new float[3], new float[3]));
        Assert.StartsWith(
            $"expected a model, whose tensors {type.Name} must know, got parameters", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_are_clipped_by_value_after_their_norm()
    {
        float[] parameters = [0, 0, 0];
        new Sgd { LearningRate = 1f, MaxGradientValue = 2f }.Step(parameters, [3, -4, 1]);
        Assert.Equal([-2f, 2f, -1f], parameters);
        parameters = [0, 0];
        new Sgd { LearningRate = 1f, MaxGradientNorm = 2.5f, MaxGradientValue = 1.75f }.Step(parameters, [3, 4]);
        Assert.Equal(-1.5f, parameters[0], 1e-5f);
        Assert.Equal(-1.75f, parameters[1]);
    }

    [Fact]
    public void Clipping_by_value_bounds_infinity_and_passes_NaN_on()
    {
        float[] parameters = [0, 0, 0];
        new Sgd { LearningRate = 1f, MaxGradientValue = 2f }.Step(
            parameters, [float.PositiveInfinity, float.NegativeInfinity, float.NaN]);
        Assert.Equal([-2f, 2f, float.NaN], parameters);
    }

    private static Optimizer Create(Type type) => (Optimizer)Activator.CreateInstance(type)!;

    private static LinearModel CreateModel(int outputs = 4) =>
        new(new Shape(4), outputs, LossKind.MeanSquaredError, seed: 3);

    private static void AssertStartsWith(string expected, Action action) =>
        Assert.StartsWith(expected, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static double AdamStep(
        double parameter, double gradient, int step, float beta1, float beta2, ref double mean, ref double square)
    {
        mean = (beta1 * mean) + ((1.0 - beta1) * gradient);
        square = (beta2 * square) + ((1.0 - beta2) * gradient * gradient);
        double denominator = (Math.Sqrt(square) / Math.Sqrt(1 - Math.Pow(beta2, step))) + 1e-8f;
        return parameter - (0.01f / (1 - Math.Pow(beta1, step)) * mean / denominator);
    }

    /// <summary>Runs some steps over parameters of which the one in the middle is compared; its neighbours
    /// differ.</summary>
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
