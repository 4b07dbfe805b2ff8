using ModelDsl.Extensibility;

namespace ModelDsl.Tests.EndToEnd;

public sealed class GradientCheckTests
{
    // A tanh whose author forgot a factor in the derivative.
    public readonly record struct HalfDerivative : IActivation
    {
        public static bool DerivativeUsesOutput => true;

        public TVector Forward<TVector>(TVector x)
            where TVector : struct, ISimdVector<TVector> => VectorMath.Tanh(x);

        public TVector Derivative<TVector>(TVector saved)
            where TVector : struct, ISimdVector<TVector> =>
            TVector.Broadcast(0.5f) * (TVector.Broadcast(1f) - (saved * saved));
    }

    // Squares with a derivative that is 3 % too large.
    public readonly record struct NearlySquares : ILoss
    {
        public static TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector difference = output - target;
            derivative = TVector.Broadcast(2.06f) * difference;
            return difference * difference;
        }
    }

    // Each derivative takes 20 training steps.
    private const int MostParameters = 3000;
    private const int MostTensors = 16;

    /// <summary>Models of 32 bits that are not too large.</summary>
    public static TheoryData<string> Names =>
    [
        .. TestModelCatalog.NamesOf<IModel>().Where(name => TestModelCatalog.Create(name, 1).Description is
        {
            Precision: Precision.Float32, ParameterCount: <= MostParameters, Parameters.Length: <= MostTensors,
        }),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Test_model_passes(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 3);

        GradientCheckResult result = Check(model, elements: 1);

        Assert.True(result.Passed, result.ToString());
        int tensors = model.Description.Parameters.Count(
            tensor => tensor.Offset < model.Description.TrainableLength && !tensor.IsStatistic);
        Assert.True(result.Comparisons.Length >= 2 * tensors);
    }

    // Else everything would pass because nothing is told.
    [Fact]
    public void Most_comparisons_of_dense_models_would_notice_a_gradient_of_zero()
    {
        GradientComparison[] all =
        [
            .. TestModelCatalog.NamesOf<IModel>()
                .Where(name => name.StartsWith("Dense", StringComparison.Ordinal))
                .Select(name => TestModelCatalog.Create(name, 3))
                .Where(model => model.Description is
                {
                    Precision: Precision.Float32, ParameterCount: <= MostParameters,
                })
                .SelectMany(model => Check(model, elements: 0).Comparisons),
        ];

        int conclusive = all.Count(comparison => comparison.IsConclusive);
        Assert.True(all.Length > 5);
        Assert.True(conclusive > 0.8 * all.Length, $"{conclusive} of {all.Length}");
    }

    [Fact]
    public void A_derivative_without_a_factor_is_found_where_it_matters()
    {
        var model = new WrongActivation(seed: 1);

        GradientCheckResult result =
            GradientCheck.Run(model, [0.1f, -0.4f, 0.7f, 0.9f, 0.3f, -0.8f], new float[] { 1, -1 });

        Assert.False(result.Passed);
        GradientComparison[] wrong = [.. result.Comparisons.Where(comparison => !comparison.IsRight)];
        Assert.Contains(wrong, comparison => comparison.Tensor == "dense1.weight");
        Assert.All(wrong, comparison => Assert.StartsWith("dense1", comparison.Tensor, StringComparison.Ordinal));
        Assert.All(
            wrong,
            comparison => Assert.Equal(
                comparison.Numeric / 2, comparison.Analytic, 0.05 * Math.Abs(comparison.Numeric)));
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(result.ThrowIfFailed);
        Assert.Contains("dense1.weight", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_derivative_that_is_a_few_percent_wrong_is_found()
    {
        GradientCheckResult result = GradientCheck.Run(
            new WrongLoss(seed: 1), [0.1f, -0.4f, 0.7f, 0.9f, 0.3f, -0.8f], new float[] { 1, -1 });

        Assert.False(result.Passed);
    }

    [Fact]
    public void The_gradient_of_the_samples_is_checked_where_there_is_one()
    {
        GradientCheckResult result = GradientCheck.Run(
            new WithInputGradient(seed: 1), [0.1f, -0.4f, 0.7f, 0.9f, 0.3f, -0.8f], new float[] { 1, -1 });

        Assert.True(result.Passed, result.ToString());
        GradientComparison[] samples = [.. result.Comparisons.Where(comparison => comparison.Tensor == "samples")];
        Assert.Equal(8, samples.Length);
        Assert.Contains(samples, comparison => comparison.IsConclusive);
    }

    [Fact]
    public void The_model_is_afterwards_as_before()
    {
        var model = new Normalized(seed: 1) { TrainingStep = 7 };
        float[] before = model.Parameters.ToArray();

        GradientCheckResult result = GradientCheck.Run(
            model, [0.1f, -0.4f, 0.7f, 0.9f, 0.3f, -0.8f, 1f, 0.2f, -0.5f], new float[] { 1, -1, 0 });

        Assert.True(result.Passed, result.ToString());
        Assert.Equal(before, model.Parameters.ToArray());
        Assert.Equal(7, model.TrainingStep);
    }

    [Fact]
    public void A_loss_that_is_not_finite_fails()
    {
        GradientCheckResult result = GradientCheck.Run(
            new WithInputGradient(seed: 1), [float.NaN, 0, 0], new float[] { 1 });

        Assert.False(result.Passed);
    }

    [Fact]
    public void A_model_of_16_bits_is_refused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => GradientCheck.Run(new Narrow(seed: 1), [0, 0, 0], new float[] { 1 }));

        Assert.Contains(
            "expected a model of Float32, got Narrow of BFloat16", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Directions = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientCheckOptions { Elements = -1 });
    }

    private static GradientCheckResult Check(IModel model, int elements)
    {
        Batch batch = Batch.Draw(model.Description, size: 3, seed: 5).First();
        return GradientCheck.Run(
            model, batch.Samples, batch.Targets, new GradientCheckOptions { Directions = 1, Elements = elements });
    }
}

[Model, Input(3), Dense(5), Activation<GradientCheckTests.HalfDerivative>, Dense(1), MeanSquaredError]
public partial class WrongActivation;

[Model, Input(3), Dense(5), Tanh, Dense(1), Loss<GradientCheckTests.NearlySquares>]
public partial class WrongLoss;

[Model(InputGradient = true), Input(3), Dense(5), Tanh, Dense(1), MeanSquaredError]
public partial class WithInputGradient;

[Model, Input(3), Dense(5), BatchNorm, Tanh, Dropout(0.2f), Dense(1, WeightL2 = 0.01f), MeanSquaredError]
public partial class Normalized;

[Model(Precision = Precision.BFloat16), Input(3), Dense(5), Tanh, Dense(1), MeanSquaredError]
public partial class Narrow;
