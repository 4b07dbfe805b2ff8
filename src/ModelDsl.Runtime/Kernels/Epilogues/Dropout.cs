namespace ModelDsl.Kernels;

/// <summary>
/// x = x / (1 - rate) with probability 1 - rate, else 0. Srivastava et al. (2014), scaled in training as is usual today.
/// </summary>
/// <remarks>
/// Whether an element is kept is a pure function of the seed, the step, the layer, its row and its column: the same stage
/// applied to the gradient is dropout's backward pass, nothing is stored, and threads and tiles do not matter. One Philox
/// block of four words decides the columns c, c + 16, c + 32 and c + 48 of each group of 64.
/// </remarks>
public readonly struct Dropout : IEpilogue
{
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly uint _threshold;
    private readonly float _scale;

    /// <summary>Dropout with the mask that the arguments determine.</summary>
    /// <param name="rate">The probability that an element is zeroed, in [0, 1).</param>
    /// <param name="seed">The model's seed.</param>
    /// <param name="step">The number of the training step, in [0, 2⁴⁸).</param>
    /// <param name="layer">The layer's number within the model, in [0, 2¹⁶).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public Dropout(float rate, ulong seed, long step, int layer)
    {
        if (!(rate is >= 0f and < 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "expected a dropout rate in [0, 1)");
        }

        if (step is < 0 or >= 1L << 48)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "expected a training step in [0, 2^48)");
        }

        if (layer is < 0 or >= 1 << 16)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, "expected a layer number in [0, 65536)");
        }

        _seed = seed;
        _stream = ((ulong)step << 16) | (uint)layer;
        _threshold = (uint)Math.Round(rate * 4294967296.0);
        _scale = 1f / (1f - rate);
    }

    /// <inheritdoc/>
    public void Invoke(Span<float> values, int row, int column)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int c = column + i;
            uint group = (uint)(((c >> 6) << 4) | (c & 15));
            uint word = Philox.Block((uint)row, group, (uint)_stream, (uint)(_stream >> 32), _seed)[(c >> 4) & 3];
            values[i] = word >= _threshold ? values[i] * _scale : 0f;
        }
    }
}
