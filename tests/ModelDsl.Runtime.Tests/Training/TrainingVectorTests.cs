namespace ModelDsl.Runtime.Tests.Training;

/// <summary>
/// A hundred steps against libtorch's, as bench/ModelDsl.ReferenceVectors wrote them in double precision
/// (<c>TrainingVectors</c>).
/// </summary>
public sealed class TrainingVectorTests
{
    private const int Steps = 100;
    private const int Count = 7;

    private static readonly Dictionary<string, Func<IOptimizer>> Optimizers = new()
    {
        ["sgd"] = () => new Sgd { LearningRate = 0.05f },
        ["sgd-momentum"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f },
        ["sgd-nesterov"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, Nesterov = true },
        ["sgd-weight-decay"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, WeightDecay = 0.1f },
        ["sgd-dampening"] = () => new Sgd { LearningRate = 0.05f, Momentum = 0.9f, Dampening = 0.3f },
        ["adam"] = () => new Adam { LearningRate = 0.01f },
        ["adam-weight-decay"] = () => new Adam { LearningRate = 0.01f, WeightDecay = 0.1f },
        ["adam-amsgrad"] = () => new Adam { LearningRate = 0.01f, AmsGrad = true },
        ["adamw"] = () => new AdamW { LearningRate = 0.01f, WeightDecay = 0.1f },
        ["adamw-amsgrad"] = () => new AdamW { LearningRate = 0.01f, WeightDecay = 0.1f, AmsGrad = true },
        ["nadam"] = () => new NAdam { LearningRate = 0.01f },
        ["nadam-weight-decay"] = () => new NAdam { LearningRate = 0.01f, WeightDecay = 0.1f, MomentumDecay = 0.02f },
        ["rmsprop"] = () => new RmsProp { LearningRate = 0.01f },
        ["rmsprop-centered"] = () => new RmsProp
        {
            LearningRate = 0.01f,
            Alpha = 0.9f,
            WeightDecay = 0.1f,
            Momentum = 0.5f,
            Centered = true,
        },
        ["adagrad"] = () => new Adagrad { LearningRate = 0.05f },
        ["adagrad-decay"] = () => new Adagrad
        {
            LearningRate = 0.05f,
            LearningRateDecay = 0.1f,
            WeightDecay = 0.1f,
            InitialSquares = 0.5f,
        },
    };

    private static readonly Dictionary<string, LearningRateSchedule> Schedules = new()
    {
        ["step"] = LearningRateSchedule.Step(0.1f, every: 7, factor: 0.5f),
        ["exponential"] = LearningRateSchedule.Exponential(0.1f, 0.97f),
        ["linear"] = LearningRateSchedule.Polynomial(0.1f, 80),
        ["square"] = LearningRateSchedule.Polynomial(0.1f, 80, power: 2f),
        ["cosine"] = LearningRateSchedule.Cosine(0.1f, 100, final: 0.01f),
        ["warm-up"] = LearningRateSchedule.Constant(0.1f).WithWarmUp(30, startFactor: 0.1f),
        ["one-cycle"] = LearningRateSchedule.OneCycle(0.4f, 100),
        ["one-cycle-early"] = LearningRateSchedule.OneCycle(0.4f, 100, rising: 0.1f, startDivisor: 10f, endDivisor: 100f),
    };

    public static TheoryData<string> OptimizerNames => [.. Optimizers.Keys];

    public static TheoryData<string> ScheduleNames => [.. Schedules.Keys];

    [Theory]
    [MemberData(nameof(OptimizerNames))]
    public void A_hundred_steps_of_an_optimizer_agree_with_libtorch(string name)
    {
        float[] expected = Read("optimizers", name);
        Assert.Equal(Steps * Count, expected.Length);
        IOptimizer optimizer = Optimizers[name]();
        float[] parameters = [.. Enumerable.Range(0, Count).Select(i => (float)((0.3 * i) - 0.8))];
        for (int step = 1; step <= Steps; step++)
        {
            float[] gradients =
                [.. parameters.Select((parameter, i) => (float)(Math.Sin((3 * step) + i) + (0.3 * parameter)))];
            optimizer.Step(parameters, gradients);
            for (int i = 0; i < Count; i++)
            {
                Assert.Equal(expected[((step - 1) * Count) + i], parameters[i], 5e-6f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ScheduleNames))]
    public void A_hundred_rates_of_a_schedule_agree_with_libtorch(string name)
    {
        float[] expected = Read("schedules", name);
        Assert.Equal(Steps, expected.Length);
        for (int step = 0; step < Steps; step++)
        {
            Assert.Equal(expected[step], Schedules[name].RateAt(step), 1e-7f);
        }
    }

    [Fact]
    public void Reductions_on_a_plateau_agree_with_libtorch()
    {
        float[] expected = Read("schedules", "reduce-on-plateau");
        var plateau = new ReduceOnPlateau(0.1f) { Factor = 0.5f, Patience = 3, Cooldown = 2, MinLearningRate = 0.001f };
        float[] actual = [.. Enumerable.Range(0, Steps).Select(step =>
        {
            plateau.Report(Math.Max(0.5, 1 - (0.05 * step)) - (step > 60 ? 0.01 * (step - 60) : 0));
            return plateau.LearningRate;
        })];
        Assert.Equal(expected, actual);
        Assert.True(expected.Distinct().Count() > 4);
    }

    private static float[] Read(string file, string name)
    {
        using SafetensorsFile vectors = SafetensorsFile.Open(
            Path.Combine(AppContext.BaseDirectory, "Training", "vectors", $"{file}.safetensors"));
        SafetensorsTensor tensor = vectors.Tensors.Single(tensor => tensor.Name == name);
        float[] values = new float[tensor.Count];
        vectors.Read(tensor, values);
        return values;
    }
}
