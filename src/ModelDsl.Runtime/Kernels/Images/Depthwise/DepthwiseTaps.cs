namespace ModelDsl.Kernels;

/// <summary>The taps that a pixel of a depthwise convolution sums, as places and distances in floats.</summary>
internal unsafe struct DepthwiseTaps
{
    /// <summary>The source's pixel under the first tap.</summary>
    public float* Source;

    /// <summary>The weights of the first tap.</summary>
    public float* Weight;

    /// <summary>The number of rows of taps.</summary>
    public int Rows;

    /// <summary>The number of taps in a row.</summary>
    public int Columns;

    /// <summary>From a tap's pixel to that of the tap below.</summary>
    public nint SourceRowStep;

    /// <summary>From a tap's pixel to that of the next tap in its row.</summary>
    public nint SourceColumnStep;

    /// <summary>From a tap's pixel to the one that the same tap looks at for the next pixel of the result.</summary>
    public nint SourcePixelStep;

    /// <summary>From a tap's weights to those of the tap below.</summary>
    public nint WeightRowStep;

    /// <summary>From a tap's weights to those of the next tap in its row.</summary>
    public nint WeightColumnStep;

    /// <summary>From a pixel of the result to the next.</summary>
    public nint ResultPixelStep;

    /// <summary>The same taps some pixels of the result further.</summary>
    public readonly DepthwiseTaps At(int pixel) => this with { Source = Source + (pixel * SourcePixelStep) };
}
