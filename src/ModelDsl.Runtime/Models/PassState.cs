using System.Numerics.Tensors;

namespace ModelDsl.CompilerServices;

/// <summary>
/// What a model keeps from its forward pass to its backward pass where the two are called one by one, and where the
/// gradient of its samples lies.
/// </summary>
/// <remarks>
/// The working memory and the input buffer serve one batch. Which batch they hold is told by the number of batches that
/// have been loaded: after another one the backward pass would read what is not its own.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PassState
{
    private const int None = -1;

    private readonly ModelState _model;
    private int _batch;
    private long _forward = None;
    private long _inputGradient = None;
    private (int Start, int Length) _place;
    private float[] _kept = [];

    internal PassState(ModelState model) => _model = model;

    /// <summary>The training step of the batch: dropout draws the same masks in both passes.</summary>
    public long Step { get; private set; }

    /// <summary>The seed of the batch, likewise.</summary>
    public ulong Seed { get; private set; }

    /// <summary>The gradient of the samples, as a span that keeps it alive.</summary>
    /// <exception cref="InvalidOperationException">
    /// The last batch had no backward pass, or another thread is computing the next one.
    /// </exception>
    public ReadOnlySpan<float> InputGradient
    {
        get
        {
            _model.RequireMine();
            return _inputGradient == _model.LoadCount
                ? _model.ArenaMemory.Span.Slice(_place.Start, _place.Length)
                : throw new InvalidOperationException(
                    $"expected InputGradient of {Name} to be read after Backward or ComputeGradients, "
                        + "but the last batch had no backward pass");
        }
    }

    private string Name => _model.Description.Name;

    /// <summary>Notes the step and the seed of the batch, before its forward pass.</summary>
    /// <exception cref="InvalidOperationException">The model is for inference only.</exception>
    public void Begin()
    {
        _model.RequireTrainable();
        Step = _model.TrainingStep;
        Seed = _model.Seed;
        _batch = 0;
    }

    /// <summary>Notes that the forward pass of a batch has run, and counts the step.</summary>
    public void EndForward(int batch)
    {
        _batch = batch;
        _forward = _model.LoadCount;
        _model.TrainingStep++;
    }

    /// <summary>
    /// Checks that the memory is that of the last forward pass, and keeps the gradients if they are to be added to.
    /// </summary>
    /// <param name="outputGradient">The gradient of the outputs.</param>
    /// <param name="accumulate">Whether the gradients so far count.</param>
    /// <returns>The number of samples.</returns>
    /// <exception cref="ArgumentException">The length is not that of the outputs.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass, or another batch came after
    /// it.</exception>
    public int BeginBackward(ReadOnlySpan<float> outputGradient, bool accumulate)
    {
        if (_batch == 0)
        {
            throw new InvalidOperationException(
                $"expected Forward of {Name} before each Backward, but it has not been called since the last "
                    + "backward pass");
        }

        if (_forward != _model.LoadCount)
        {
            throw new InvalidOperationException(
                $"expected Backward of {Name} right after Forward, but another batch was loaded in between; "
                    + "call Forward again");
        }

        int perSample = _model.Description.OutputShape.Count;
        if (outputGradient.Length != _batch * perSample)
        {
            throw new ArgumentException(
                $"expected a gradient of {_batch * perSample} values for the outputs of the last Forward "
                    + $"({_batch} samples x {perSample}), got {outputGradient.Length}",
                nameof(outputGradient));
        }

        if (accumulate)
        {
            Span<float> gradients = _model.GradientSpan;
            if (_kept.Length < gradients.Length)
            {
                _kept = new float[gradients.Length];
            }

            gradients.CopyTo(_kept);
        }

        int batch = _batch;
        _batch = 0;
        return batch;
    }

    /// <summary>Adds the gradients that were kept.</summary>
    public void EndBackward(bool accumulate)
    {
        if (accumulate)
        {
            Span<float> gradients = _model.GradientSpan;
            TensorPrimitives.Add(gradients, _kept, gradients);
        }
    }

    /// <summary>Notes where in the arena the gradient of the samples of the batch that has just run lies.</summary>
    public void SetInputGradient(int start, int length)
    {
        _place = (start, length);
        _inputGradient = _model.LoadCount;
    }
}
