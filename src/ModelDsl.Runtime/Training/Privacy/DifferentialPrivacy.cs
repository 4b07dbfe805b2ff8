using System.Globalization;
using System.Text;

namespace ModelDsl;

/// <summary>
/// How a training keeps single samples private: DP-SGD of Abadi et al., "Deep Learning with Differential Privacy"
/// (2016). Each step takes each sample with the same small probability, clips its gradient to a norm C, adds noise N(0,
/// σ²C²) to the sum, and divides by the expected number of samples. Any optimizer may make a step of the result.
/// </summary>
/// <remarks>
/// <para>What is private are the parameters of each step, and whatever is computed from them. Not private are figures
/// that the training takes of its data: loss, accuracy and metrics of training and validation,
/// <see cref="IClippingModel.SampleNorms"/>, and settings that were chosen by several trainings on the same
/// data.</para>
/// <para>ε and δ count one sample as what is protected: a person with several samples in the data is protected
/// less.</para>
/// <para>Noise of 32-bit floats is not the ideal Gaussian that the proof assumes: in principle its lowest bits can tell
/// two data sets apart (Mironov, "On Significance of the Least Significant Bits for Differential Privacy", 2012).
/// Opacus and TensorFlow Privacy have the same limit by default. Philox, which the noise is drawn by, is not a
/// cryptographic generator.</para>
/// </remarks>
public sealed record DifferentialPrivacy
{
    /// <summary>The norm C that the gradient of each sample, over all parameters, is clipped to; positive. Opacus'
    /// <c>max_grad_norm</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public required float MaxGradientNorm
    {
        get;
        init => field = value > 0f && float.IsFinite(value)
            ? value
            : throw SettingChecks.Unexpected("a positive norm", value, nameof(MaxGradientNorm));
    }

    /// <summary>
    /// The noise's standard deviation over <see cref="MaxGradientNorm"/>, at least 0, which is no privacy; null for
    /// what keeps to <see cref="TargetEpsilon"/>. Opacus' <c>noise_multiplier</c>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public float? NoiseMultiplier
    {
        get;
        init => field = value is { } multiplier ? SettingChecks.NotNegative(multiplier, nameof(NoiseMultiplier)) : null;
    }

    /// <summary>
    /// The ε that the whole training may take, positive: the noise is chosen for all its steps
    /// (<see cref="RenyiAccountant.NoiseMultiplierFor"/>). Null where <see cref="NoiseMultiplier"/> is given.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive and finite.</exception>
    public double? TargetEpsilon
    {
        get;
        init => field = value is { } epsilon ? RenyiAccountant.CheckEpsilon(epsilon, nameof(TargetEpsilon)) : null;
    }

    /// <summary>
    /// δ, in (0, 1): the probability that ε does not bound. Choose it well below 1 over the number of samples.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public required double Delta
    {
        get;
        init => field = RenyiAccountant.CheckDelta(value, nameof(Delta));
    }

    /// <summary>
    /// Determines which samples each step takes, and the noise. Default: null, for a seed that the operating system
    /// draws.
    /// </summary>
    /// <remarks>
    /// Whoever knows the seed can subtract the noise. Where privacy matters, leave it out, or draw it at random, keep
    /// it secret, and use it for one training only; checkpoints do not contain it. A training that goes on from a
    /// checkpoint needs the same seed to end with the same bits; with another one it is as private.
    /// </remarks>
    public ulong? Seed { get; init; }

    // Without the seed: texts of options end in logs.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(MaxGradientNorm)} = {MaxGradientNorm}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(NoiseMultiplier)} = {NoiseMultiplier}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(TargetEpsilon)} = {TargetEpsilon}, ");
        builder.Append(CultureInfo.InvariantCulture, $"{nameof(Delta)} = {Delta}");
        return true;
    }
}

/// <summary>What a private training has revealed of any one of its samples so far.</summary>
/// <param name="Epsilon">ε: 0 where no step was taken, infinite without noise.</param>
/// <param name="Delta">δ.</param>
/// <param name="NoiseMultiplier">As <see cref="DifferentialPrivacy.NoiseMultiplier"/>, chosen or given.</param>
/// <param name="SampleRate">The probability that a sample is in a batch.</param>
/// <param name="Steps">
/// The number of steps, with those before a checkpoint that the training goes on from. Other trainings on the same data
/// add to ε: a <see cref="RenyiAccountant"/> adds them up.
/// </param>
public sealed record PrivacySpent(double Epsilon, double Delta, double NoiseMultiplier, double SampleRate, long Steps);
