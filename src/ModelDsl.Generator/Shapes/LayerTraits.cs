namespace ModelDsl.Generator.Shapes;

/// <summary>What a layer is like, for advice that concerns several kinds of layers.</summary>
[Flags]
internal enum LayerTraits
{
    None = 0,

    /// <summary>A linear map with a bias: of two in a row, one is superfluous.</summary>
    Linear = 1,

    /// <summary>Flat where its input is far from zero.</summary>
    Saturating = 2,

    /// <summary>Its derivative is at most 1/4.</summary>
    Sigmoidal = 4,

    /// <summary>Changes values in training only, and keeps a linear map linear.</summary>
    Dropout = 8,

    /// <summary>Changes the shape only.</summary>
    View = 16,

    /// <summary>Zero and flat where its input is not positive.</summary>
    Rectifying = 32,

    /// <summary>Nothing but its blocks, one after the other.</summary>
    Chain = 64,

    /// <summary>Gives each row a scale that does not depend on the row's own: of one element it is a constant.</summary>
    Normalising = 128,

    /// <summary>Subtracts from each channel its mean over the batch.</summary>
    Centring = 256,

    /// <summary>What it makes of a sample in training depends on the others of the batch.</summary>
    MixesSamples = 512,
}
