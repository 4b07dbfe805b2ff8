namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>The operands of one recurrent kernel, each between guard pages, and its passes as generated code calls them.</summary>
internal sealed class RecurrentRun : IDisposable
{
    public const int ProjectedSeed = 1;
    public const int WeightSeed = 2;

    private readonly KernelMemory _memory = new();
    private readonly RecurrentKind _kind;
    private readonly int _batch;
    private readonly int _gateCount;
    private readonly FloatSpan _projected;
    private readonly FloatSpan _weight;
    private readonly FloatSpan _packed;
    private readonly FloatSpan _packedBackward;
    private readonly FloatSpan _gates;
    private readonly FloatSpan _kept;
    private readonly FloatSpan _previous;
    private readonly FloatSpan _resultGradient;
    private readonly FloatSpan _projectedGradient;
    private readonly FloatSpan _productGradient;
    private readonly FloatSpan _hiddenGradient;
    private readonly FloatSpan _cellGradient;
    private readonly FloatSpan _mask;
    private readonly FloatSpan _initialHidden;
    private readonly FloatSpan _initialCell;
    private readonly FloatSpan _lastHiddenGradient;
    private readonly FloatSpan _lastCellGradient;

    /// <param name="kind">The layer.</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="shape">The extents.</param>
    /// <param name="isPadding">
    /// Which of the samples' steps are padding, counted through all samples; null for no mask.
    /// </param>
    /// <param name="hasStates">
    /// Whether the sequences begin with given states, whose gradients are asked for, and the last states have some.
    /// </param>
    public RecurrentRun(
        RecurrentKind kind, int batch, RecurrentShape shape, Func<int, bool>? isPadding = null, bool hasStates = false)
    {
        (_kind, _batch, Shape) = (kind, batch, shape);
        _gateCount = kind switch
        {
            RecurrentKind.Lstm => 4,
            RecurrentKind.Gru => 3,
            _ => 1,
        };
        int rows = _gateCount * shape.Units;
        int all = batch * shape.Steps * shape.Units;
        int results = shape.LastOnly ? batch * shape.Units : all;
        _projected = _memory.Random(all * _gateCount, ProjectedSeed);
        _weight = _memory.Random(rows * shape.Units, WeightSeed);
        _packed = Garbage(RoundUp(rows) * shape.Units);
        _packedBackward = Garbage(rows * RoundUp(shape.Units));
        _gates = Garbage(all * _gateCount);
        _kept = Garbage(all);
        _previous = Garbage(all);
        Result = Garbage(results);
        _resultGradient = _memory.Random(results, seed: 3);
        _projectedGradient = Garbage(all * _gateCount);
        _productGradient = Garbage(all * _gateCount);
        _hiddenGradient = Garbage(batch * RoundUp(shape.Units));
        _cellGradient = Garbage(batch * shape.Units);
        if (hasStates)
        {
            int states = batch * shape.Units;
            (_initialHidden, _lastHiddenGradient) = (_memory.Random(states, seed: 4), _memory.Random(states, seed: 5));
            (_initialCell, _lastCellGradient) = (_memory.Random(states, seed: 6), _memory.Random(states, seed: 7));
            (InitialHiddenGradient, InitialCellGradient) = (Garbage(states), Garbage(states));
        }

        if (isPadding is null)
        {
            return;
        }

        _mask = _memory.Zeros(batch * shape.Steps);
        for (int row = 0; row < _mask.Length; row++)
        {
            if (isPadding(row))
            {
                _mask[row] = float.NegativeInfinity;
                _projected.Slice(row * rows, rows).AsSpan().Fill(float.NaN);
            }
        }
    }

    public RecurrentKind Kind => _kind;

    public RecurrentShape Shape { get; }

    public FloatSpan Result { get; }

    public FloatSpan Projected => _projected;

    public FloatSpan Weight => _weight;

    public FloatSpan ResultGradient => _resultGradient;

    public FloatSpan ProjectedGradient => _projectedGradient;

    public FloatSpan ProductGradient => _kind == RecurrentKind.Gru ? _productGradient : _projectedGradient;

    public int GateCount => _gateCount;

    public FloatSpan InitialHidden => _initialHidden;

    public FloatSpan InitialCell => _initialCell;

    public FloatSpan LastHiddenGradient => _lastHiddenGradient;

    public FloatSpan LastCellGradient => _lastCellGradient;

    public FloatSpan InitialHiddenGradient { get; }

    public FloatSpan InitialCellGradient { get; }

    /// <summary>The cells: of all steps after training, of the last one after a prediction.</summary>
    public FloatSpan Cells { get; private set; }

    /// <summary>Both passes of training.</summary>
    public void Train(int stepsAtOnce)
    {
        Cells = _kept;
        RecurrentWeight.PackForward(_weight, _packed, _gateCount * Shape.Units, Shape.Units);
        for (int step = 0; step < Shape.Steps; step += stepsAtOnce)
        {
            Forward(_gates, _kept, _previous, step, step + stepsAtOnce);
        }

        RecurrentWeight.PackBackward(_weight, _packedBackward, _gateCount * Shape.Units, Shape.Units);
        for (int step = Shape.Steps - stepsAtOnce; step >= 0; step -= stepsAtOnce)
        {
            Backward(step, step + stepsAtOnce);
        }
    }

    /// <summary>The forward pass of inference.</summary>
    public void Predict()
    {
        Result.AsSpan().Fill(float.NaN);
        RecurrentWeight.PackForward(_weight, _packed, _gateCount * Shape.Units, Shape.Units);
        Cells = _kind == RecurrentKind.Lstm ? Garbage(_batch * Shape.Units) : default;
        Forward(default, Cells, default, 0, Shape.Steps);
    }

    public void AssertSameBits(RecurrentRun other)
    {
        Bits.Equal(Result, other.Result);
        Bits.Equal(_previous, other._previous);
        Bits.Equal(_projectedGradient, other._projectedGradient);
        Bits.Equal(InitialHiddenGradient, other.InitialHiddenGradient);
        if (_kind == RecurrentKind.Lstm)
        {
            Bits.Equal(InitialCellGradient, other.InitialCellGradient);
        }

        if (_kind == RecurrentKind.Gru)
        {
            Bits.Equal(_productGradient, other._productGradient);
        }

        Assert.All(_projectedGradient.AsSpan().ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    public void Dispose() => _memory.Dispose();

    private void Forward(FloatSpan gates, FloatSpan kept, FloatSpan previous, int first, int end)
    {
        switch (_kind)
        {
            case RecurrentKind.Lstm:
                Lstm.Forward(
                    _projected, _packed, gates, kept, previous, Result, _batch, Shape, first, end, _mask,
                    _initialHidden, _initialCell);
                break;
            case RecurrentKind.Gru:
                Gru.Forward(
                    _projected, _packed, default, gates, kept, previous, Result, _batch, Shape, first, end, _mask,
                    _initialHidden);
                break;
            default:
                SimpleRnn.Forward(
                    _projected, _packed, gates, previous, Result, _batch, Shape, first, end, new Tanh(), _mask,
                    _initialHidden);
                break;
        }
    }

    private void Backward(int first, int end)
    {
        switch (_kind)
        {
            case RecurrentKind.Lstm:
                Lstm.Backward(
                    _gates, _kept, _packedBackward, _resultGradient, _projectedGradient, _hiddenGradient, _cellGradient,
                    _batch, Shape, first, end, _mask, _lastHiddenGradient, _lastCellGradient, InitialHiddenGradient,
                    _initialCell, InitialCellGradient);
                break;
            case RecurrentKind.Gru:
                Gru.Backward(
                    _gates, _kept, _previous, _packedBackward, _resultGradient, _projectedGradient, _productGradient,
                    _hiddenGradient, _batch, Shape, first, end, _mask, _lastHiddenGradient, InitialHiddenGradient);
                break;
            default:
                SimpleRnn.Backward(
                    _gates, _packedBackward, _resultGradient, _projectedGradient, _hiddenGradient, _batch, Shape, first, end,
                    new Tanh(), _mask, _lastHiddenGradient, InitialHiddenGradient);
                break;
        }
    }

    private FloatSpan Garbage(int length)
    {
        FloatSpan span = _memory.Zeros(length);
        span.AsSpan().Fill(float.NaN);
        return span;
    }

    private static int RoundUp(int value) => (value + 31) / 32 * 32;
}
