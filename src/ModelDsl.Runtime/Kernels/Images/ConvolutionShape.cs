namespace ModelDsl.Kernels;

/// <summary>A convolution's geometry with its channels.</summary>
internal readonly record struct ConvolutionShape(SlidingWindow Window, int Channels, int Outputs, int Groups)
{
    /// <summary>Multiply-adds from which another thread pays for its hand-over.</summary>
    public const long WorkPerThread = 1 << 17;

    /// <summary>The channels that an output sees.</summary>
    public int GroupChannels => Channels / Groups;

    /// <summary>The outputs that see the same channels.</summary>
    public int GroupOutputs => Outputs / Groups;

    /// <summary>The number of products that each output sums.</summary>
    public int PatchLength => Window.Taps * GroupChannels;

    /// <summary>Whether each output sees one channel of its own.</summary>
    public bool IsDepthwise => Groups == Channels && Groups == Outputs;

    /// <summary>The filters of a group.</summary>
    public FloatSpan Filters(FloatSpan weight, int group) =>
        weight.Slice(group * GroupOutputs * PatchLength, GroupOutputs * PatchLength);

    /// <summary>Into how many parts a product over all windows is divided.</summary>
    /// <param name="batch">The number of images.</param>
    /// <param name="units">What it can be divided into at most.</param>
    /// <param name="threshold">The multiply-adds from which another thread pays for its hand-over.</param>
    public int Parts(int batch, int units, long threshold = WorkPerThread)
    {
        long products = (long)batch * Window.OutputPixels * Outputs * PatchLength;
        return (int)Math.Max(1, Math.Min(Math.Min(WorkerPool.Parallelism, units), products / threshold));
    }

    /// <summary>Checks that the geometry is one.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public void Check()
    {
        Window.Check();
        if (Channels < 1 || Outputs < 1 || Groups < 1 || Channels % Groups != 0 || Outputs % Groups != 0)
        {
            throw new ArgumentException(
                Invariant($"expected channels and outputs that can be divided into groups, got {Channels} and {Outputs} in {Groups}"));
        }

        if ((long)Window.Taps * GroupChannels > int.MaxValue / 16)
        {
            throw new ArgumentException($"expected patches of at most {int.MaxValue / 16} floats, got {this}");
        }
    }
}
