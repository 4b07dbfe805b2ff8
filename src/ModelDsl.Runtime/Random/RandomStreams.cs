namespace ModelDsl;

/// <summary>
/// Numbers the random streams of one seed, so that no two uses share a stream: the upper half says what for, the lower
/// half which one.
/// </summary>
internal static class RandomStreams
{
    // "INIT", "SPLT", "FOLD", "BLNC", "SHUF", "AUGM", "SAMP", "POIS" and "NOIS": far from the small counters of
    // dropout's masks.
    private const ulong InitializationPurpose = 0x494E4954UL << 32;
    private const ulong SplitPurpose = 0x53504C54UL << 32;
    private const ulong FoldPurpose = 0x464F4C44UL << 32;
    private const ulong BalancePurpose = 0x424C4E43UL << 32;
    private const ulong ShufflePurpose = 0x53485546UL << 32;
    private const ulong AugmentationPurpose = 0x4155474DUL << 32;
    private const ulong SamplingPurpose = 0x53414D50UL << 32;
    private const ulong PoissonPurpose = 0x504F4953UL << 32;
    private const ulong NoisePurpose = 0x4E4F4953UL << 32;

    /// <summary>The stream that holds samples out.</summary>
    public static ulong Split => SplitPurpose;

    /// <summary>The stream that folds are drawn from.</summary>
    public static ulong Fold => FoldPurpose;

    /// <summary>The stream that draws which samples of rare classes come more often.</summary>
    public static ulong Balance => BalancePurpose;

    /// <summary>The stream that tokens are drawn from.</summary>
    public static ulong Sampling => SamplingPurpose;

    /// <summary>The stream that a parameter is drawn from.</summary>
    public static ulong Initialization(int parameter) => InitializationPurpose | (uint)parameter;

    /// <summary>The stream that the order of a pass over the data is drawn from; passes are counted from 1.</summary>
    public static ulong Shuffle(long pass) => ShufflePurpose ^ (ulong)pass;

    /// <summary>The stream that decides which samples a step of a private training takes.</summary>
    public static ulong Poisson(long step) => PoissonPurpose ^ (ulong)step;

    /// <summary>The stream of the noise of a step of a private training.</summary>
    public static ulong Noise(long step) => NoisePurpose ^ (ulong)step;

    /// <summary>The stream that an epoch's changes of images are drawn from.</summary>
    public static ulong Augmentation(int epoch) => AugmentationPurpose | (uint)epoch;
}
