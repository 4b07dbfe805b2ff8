namespace ModelDsl.Samples.Tests;

/// <summary>A model without parameters: its logits are the first ten values of the image.</summary>
internal sealed class EchoModel : IModel
{
    private const int Inputs = 784, Outputs = 10;

    private float[] _input = [];
    private float[] _outputs = [];

    public ModelDescription Description { get; } = new(
        nameof(EchoModel), new Shape(28, 28), new Shape(Outputs), LossKind.SoftmaxCrossEntropy, [], [], 0, 0, 0);

    public Span<float> Parameters => [];

    public Span<float> Gradients => [];

    public long TrainingStep { get; set; }

    ReadOnlySpan<float> IInferenceModel.Outputs => _outputs;

    public Span<float> GetInputBuffer(int count)
    {
        Array.Resize(ref _input, Math.Max(_input.Length, count * Inputs));
        return _input.AsSpan(0, count * Inputs);
    }

    public float ComputeGradients(ReadOnlySpan<float> samples, Targets targets) => throw new NotSupportedException();

    public float ComputeLoss(ReadOnlySpan<float> samples, Targets targets)
    {
        Predict(samples);
        return 0;
    }

    public ReadOnlySpan<float> Predict(ReadOnlySpan<float> samples)
    {
        int count = samples.Length / Inputs;
        _outputs = new float[count * Outputs];
        for (int index = 0; index < count; index++)
        {
            samples.Slice(index * Inputs, Outputs).CopyTo(_outputs.AsSpan(index * Outputs));
        }

        return _outputs;
    }
}
