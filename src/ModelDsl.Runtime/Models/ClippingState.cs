using System.Numerics.Tensors;

namespace ModelDsl.CompilerServices;

/// <summary>
/// What a model keeps while the gradients of the samples of a batch are clipped: the gradient of one sample, the norms
/// of all, and the sums of their losses.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ClippingState
{
    private readonly ModelState _model;
    private AlignedMemory? _sampleGradients;
    private float[] _norms = [];
    private double[] _headLosses = [];
    private double _loss;
    private float _maxNorm;
    private int _batch;

    internal ClippingState(ModelState model) => _model = model;

    /// <summary>The gradient of one sample, for kernels, laid out as those of the batch.</summary>
    public FloatSpan SampleGradients =>
        _model.View(_sampleGradients ??= new AlignedMemory(_model.Description.TrainableLength));

    /// <summary>The norm of the gradient of each sample of the last batch.</summary>
    /// <exception cref="InvalidOperationException">Another thread is computing the next ones.</exception>
    public ReadOnlySpan<float> Norms
    {
        get
        {
            _model.RequireMine();
            return _norms.AsSpan(0, _batch);
        }
    }

    /// <summary>Begins a batch: its gradients and losses are 0 so far.</summary>
    /// <param name="batch">The number of samples.</param>
    /// <param name="maxNorm">The norm that the gradient of each sample is clipped to.</param>
    /// <exception cref="ArgumentOutOfRangeException">The norm is not positive and finite.</exception>
    /// <exception cref="InvalidOperationException">The model is for inference only.</exception>
    public void Begin(int batch, float maxNorm)
    {
        if (!(maxNorm > 0f) || !float.IsFinite(maxNorm))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxNorm), Invariant($"expected a positive norm to clip gradients to, got {maxNorm}"));
        }

        _model.GradientSpan.Clear();
        (_batch, _maxNorm, _loss) = (batch, maxNorm, 0);
        if (_norms.Length < batch)
        {
            _norms = new float[batch];
        }

        int heads = _model.Description.Heads.Length;
        if (_headLosses.Length < heads)
        {
            _headLosses = new double[heads];
        }

        _headLosses.AsSpan().Clear();
    }

    /// <summary>The part of a batch's targets that belongs to a sample.</summary>
    /// <exception cref="ArgumentException">There are not as many for each sample, or samples have weights.</exception>
    public Targets TargetsOf(Targets targets, int sample) =>
        targets.SampleWeights.IsEmpty && targets.TotalWeights.IsEmpty
            ? new(PartOf(targets.Labels, sample, "labels"), PartOf(targets.Values, sample, "target values"))
            : throw new ArgumentException(
                "expected no weights where the gradient of each sample is clipped, which would undo them, got some",
                nameof(targets));

    /// <summary>Adds the loss of a sample, and those of its heads, where the model has several.</summary>
    public void AddLoss(float loss)
    {
        _loss += loss;
        for (int head = 0; head < _headLosses.Length; head++)
        {
            _headLosses[head] += _model.Heads.LossOf(head);
        }
    }

    /// <summary>Clips the gradient of a sample and adds it to those of the batch.</summary>
    public void AddGradient(int sample)
    {
        ReadOnlySpan<float> gradient = SampleGradients;
        double norm = Math.Sqrt(SquareSum.Of(gradient));
        _norms[sample] = (float)norm;
        TensorPrimitives.MultiplyAdd(
            gradient, SampleNorms.ClipFactor(norm, _maxNorm), _model.GradientSpan, _model.GradientSpan);
    }

    /// <summary>Notes the norms of all samples by where in the arena their squares are.</summary>
    public void SetNorms(int start, int length) =>
        TensorPrimitives.Sqrt(_model.ArenaMemory.Span.Slice(start, length), _norms);

    /// <summary>The mean loss of the samples; the heads have theirs then.</summary>
    public float End()
    {
        for (int head = 0; head < _headLosses.Length; head++)
        {
            _model.Heads.SetLoss(head, (float)(_headLosses[head] / _batch));
        }

        return (float)(_loss / _batch);
    }

    private ReadOnlySpan<T> PartOf<T>(ReadOnlySpan<T> all, int sample, string what)
    {
        (int count, int rest) = Math.DivRem(all.Length, _batch);
        return rest == 0
            ? all.Slice(sample * count, count)
            : throw new ArgumentException(
                Invariant($"expected as many {what} for each of the {_batch} samples, got {all.Length} in all"));
    }
}
