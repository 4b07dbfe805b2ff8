using Benchmarks.ScaleBench.Families;
using TorchSharp.Modules;

namespace Benchmarks.ScaleBench.Workers;

/// <summary>libtorch's side: the twin of the same class, with parameters drawn by libtorch.</summary>
internal sealed class TorchSide : ISide
{
    private readonly TorchTraining _training;
    private readonly Tensor _samples;
    private readonly Tensor _labels;

    public TorchSide(Family family, int size, Type model, ModelDescription description)
    {
        _training = new TorchTraining(model, Side.LearningRate);
        DrawParameters(_training.Model.Parameters);
        long batch = family.BatchOf(size);
        long[] shape = [batch, .. description.InputShape.Dimensions];
        bool isTokens = family.Values == SampleValues.Tokens;
        _samples = isTokens ? randint(AllFamilies.Vocabulary, shape, ScalarType.Float32) : rand(shape);
        _labels = randint(
            isTokens ? AllFamilies.Vocabulary : AllFamilies.Classes,
            [batch * description.LabelsPerSample],
            ScalarType.Int64);
    }

    /// <inheritdoc />
    public Contender Train() => new(() => _training.Step(_samples, _labels));

    /// <inheritdoc />
    public Contender Predict()
    {
        _training.Model.Training = false;
        IDisposable guard = inference_mode();
        return new Contender(() => _training.Model.Forward(_samples).Dispose(), dispose: guard.Dispose);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _training.Dispose();
        _samples.Dispose();
        _labels.Dispose();
    }

    private static void DrawParameters(IEnumerable<KeyValuePair<string, Parameter>> parameters)
    {
        using IDisposable guard = no_grad();
        foreach ((string name, Parameter parameter) in parameters)
        {
            if (parameter.dim() > 1)
            {
                nn.init.kaiming_uniform_(parameter);
            }
            else if (name.EndsWith(".weight", StringComparison.Ordinal))
            {
                // A normalisation's.
                nn.init.ones_(parameter);
            }
        }
    }
}
