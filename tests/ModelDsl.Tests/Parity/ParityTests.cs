namespace ModelDsl.Tests.Parity;

/// <summary>
/// Compiled models against libtorch, from the same parameters on the same batch. Both sides compute in single precision
/// and sum in different orders: each loses one digit of seven, and so five digits of the largest value must agree.
/// </summary>
public sealed class ParityTests
{
    private const double Tolerance = 1e-5;

    /// <summary>
    /// Ten steps of Adam divide gradients by their own size, so that the last digits of the smallest ones move parameters
    /// as far as the first digits of large ones.
    /// </summary>
    private const double ToleranceAfterSteps = 5e-5;

    private const int Steps = 10;

    public static TheoryData<string> Models => ReferenceVectors.Names;

    public static TheoryData<string, string> Optimizers
    {
        get
        {
            TheoryData<string, string> data = [];
            string[] models =
            [
                "DigitMlp", "DenseNoBiasBetween", "SmallLeNet", "BatchNormAfterConvolution", "LstmUnrolled", "GruUnrolled",
                "SimpleRnnUnrolled", "LstmOnTokens", "LayerNormOnSteps", "Conv1DSequence", "EmbeddingWithPositions", "PreluEach",
                "PenaltyOfWeights", "PenaltyOfActivities", "CrossEntropyOnSteps", "TwoTowersTwoHeads", "FourHeads",
            ];
            foreach (string model in models)
            {
                foreach (string optimizer in OptimizerVariants.Names)
                {
                    data.Add(model, optimizer);
                }
            }

            // A bias of the keys moves all scores of a row alike: its gradient is zero but for rounding, which Adam would divide
            // by itself.
            foreach (string optimizer in OptimizerVariants.Names.Where(name => name.StartsWith("sgd", StringComparison.Ordinal)))
            {
                data.Add("TinyGpt", optimizer);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Predictions_agree_with_libtorch(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Open(name);
        AssertClose(vectors["outputs"], vectors.CreateModel(name).Predict(vectors["samples"]), Tolerance);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Loss_agrees_with_libtorch(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Open(name);
        IModel model = vectors.CreateModel(name);
        foreach (string kind in vectors.TargetKinds)
        {
            float loss = model.ComputeLoss(vectors["samples"], vectors.TargetsOf(kind));
            AssertClose(vectors[$"{kind}.loss"], [loss], Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Gradients_agree_with_libtorch(string name)
    {
        ReferenceVectors vectors = ReferenceVectors.Open(name);
        IModel model = vectors.CreateModel(name);
        foreach (string kind in vectors.TargetKinds.Where(kind => vectors.Has($"{kind}.gradients.")))
        {
            float loss = model.ComputeGradients(vectors["samples"], vectors.TargetsOf(kind));
            string mode = vectors.Has($"{kind}.training-loss") ? "training-loss" : "loss";
            AssertClose(vectors[$"{kind}.{mode}"], [loss], Tolerance);
            foreach (ParameterDescription parameter in model.Description.Parameters
                .Where(parameter => parameter.Offset < model.Description.TrainableLength))
            {
                string tensor = $"{kind}.gradients.{parameter.Name}";
                if (!vectors.Has(tensor))
                {
                    // What is frozen has no gradient there, and lies behind all gradients here.
                    Assert.True(parameter.Offset >= model.Gradients.Length);
                    continue;
                }

                AssertClose(
                    vectors[tensor], model.Gradients.Slice(parameter.Offset, parameter.Shape.Count), Tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Ten_optimizer_steps_agree_with_libtorch(string name, string optimizer)
    {
        ReferenceVectors vectors = ReferenceVectors.Open(name);
        IModel model = vectors.CreateModel(name);
        IOptimizer rule = OptimizerVariants.Create(optimizer);
        string kind = vectors.TargetKinds.First();
        for (int step = 0; step < Steps; step++)
        {
            model.ComputeGradients(vectors["samples"], vectors.TargetsOf(kind));
            rule.Step(model.Parameters[..model.Description.TrainableLength], model.Gradients);
        }

        foreach (ParameterDescription parameter in model.Description.Parameters)
        {
            AssertClose(
                vectors[$"{optimizer}.{parameter.Name}"],
                model.Parameters.Slice(parameter.Offset, parameter.Shape.Count),
                ToleranceAfterSteps);
        }
    }

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Max(Math.Abs) + 1e-3;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal((double)expected[i], actual[i], tolerance * scale);
        }
    }
}
