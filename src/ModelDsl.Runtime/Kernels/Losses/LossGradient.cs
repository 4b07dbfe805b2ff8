namespace ModelDsl.Kernels;

/// <summary>Where the gradient of a loss goes and what it is multiplied by, if it is wanted at all.</summary>
internal readonly unsafe struct LossGradient
{
    private LossGradient(float* values, float scale)
    {
        Values = values;
        Scale = scale;
    }

    /// <summary>Only the loss is wanted.</summary>
    public static LossGradient None => default;

    /// <summary>As long as the outputs, and maybe the outputs themselves; null where no gradient is wanted.</summary>
    public float* Values { get; }

    /// <summary>What the gradient is multiplied by; the loss is not.</summary>
    public float Scale { get; }

    public bool IsWanted => Values is not null;

    /// <summary>A gradient of [batch, columns].</summary>
    /// <exception cref="ArgumentException">The memory is shorter.</exception>
    public static LossGradient Of(FloatSpan gradient, int batch, int columns, float scale)
    {
        Guard.Matrix(gradient, batch, columns);
        return new(gradient.Pointer, scale);
    }

    /// <summary>A gradient of [batch, rows, width].</summary>
    /// <exception cref="ArgumentException">The memory is shorter.</exception>
    public static LossGradient Of(FloatSpan gradient, int batch, int rows, int width, float scale)
    {
        Guard.Blocks(gradient, batch, rows, width);
        return new(gradient.Pointer, scale);
    }

    /// <summary>Writes zeros, for what takes no part in the loss; nothing where no gradient is wanted.</summary>
    public void Clear(nint start, int length)
    {
        if (IsWanted)
        {
            new Span<float>(Values + start, length).Clear();
        }
    }

    /// <summary>The gradient of the loss times <paramref name="factor"/>.</summary>
    public LossGradient Times(float factor) => new(Values, Scale * factor);
}
