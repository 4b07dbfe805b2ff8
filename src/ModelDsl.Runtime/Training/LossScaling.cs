namespace ModelDsl;

/// <summary>
/// How a training adapts <see cref="IModel.LossScale"/> of a model of <see cref="Precision.Float16"/>: as large as the
/// gradients allow. A step whose gradients are not finite, although the loss is, is skipped, and the scale becomes
/// smaller; after a number of steps without one it becomes larger. PyTorch's <c>GradScaler</c>, with its defaults;
/// Micikevicius et al., "Mixed Precision Training" (2018).
/// </summary>
public sealed record LossScaling
{
    /// <summary>The scale of the first step, positive and finite. Default: 65,536.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or not finite.</exception>
    public float InitialScale
    {
        get;
        init => field = Positive(value, nameof(InitialScale));
    }
    = 65_536f;

    /// <summary>What the scale is multiplied by to grow, above 1. Default: 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not above 1, or not finite.</exception>
    public float GrowthFactor
    {
        get;
        init => field = value > 1f && float.IsFinite(value)
            ? value
            : throw SettingChecks.Unexpected("a finite factor above 1", value, nameof(GrowthFactor));
    }
    = 2f;

    /// <summary>What the scale is multiplied by after a skipped step, in (0, 1). Default: 0.5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside (0, 1).</exception>
    public float BackoffFactor
    {
        get;
        init => field = value is > 0f and < 1f
            ? value
            : throw SettingChecks.Unexpected("a factor in (0, 1)", value, nameof(BackoffFactor));
    }
    = 0.5f;

    /// <summary>The number of steps in a row, at least 1, after which the scale grows. Default: 2,000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int GrowthInterval
    {
        get;
        init => field = SettingChecks.AtLeastOne(value);
    }
    = 2_000;

    /// <summary>
    /// The smallest scale, positive and finite. Where a smaller one would be needed, the gradients themselves are not
    /// finite, and the training ends with a <see cref="TrainingDivergedException"/>. Default: 1.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or not finite.</exception>
    public float MinimumScale
    {
        get;
        init => field = Positive(value, nameof(MinimumScale));
    }
    = 1f;

    private static float Positive(float value, string name) => value > 0f && float.IsFinite(value)
        ? value
        : throw SettingChecks.Unexpected("a positive, finite value", value, name);
}

/// <summary>Adapts the loss scale of one training's model.</summary>
/// <param name="model">The model.</param>
/// <param name="settings">How.</param>
internal sealed class LossScaler(IModel model, LossScaling settings)
{
    /// <summary>The steps in a row whose gradients were finite, since the scale has changed.</summary>
    public int FiniteSteps { get; private set; }

    /// <summary>Whether gradients that are not finite can be the scale's fault.</summary>
    public bool CanBackOff => model.LossScale * settings.BackoffFactor >= settings.MinimumScale;

    /// <summary>Adapts the scale of a model to a training that begins; null where the model has none.</summary>
    public static LossScaler? Begin(IModel model, LossScaling settings)
    {
        if (model.Description.Precision != Precision.Float16)
        {
            return null;
        }

        model.LossScale = settings.InitialScale;
        return new LossScaler(model, settings);
    }

    /// <summary>Goes on from where a checkpoint was taken.</summary>
    /// <exception cref="InvalidDataException">There is no such place.</exception>
    public void Restore(float scale, int finiteSteps)
    {
        if (!(scale > 0f && float.IsFinite(scale)) || finiteSteps < 0)
        {
            throw new InvalidDataException(
                Invariant($"expected a positive loss scale and at least 0 steps with it, got {scale} and {finiteSteps}"));
        }

        (model.LossScale, FiniteSteps) = (scale, finiteSteps);
    }

    /// <summary>The gradients of a step were not finite, and it is skipped.</summary>
    public void BackOff()
    {
        model.LossScale *= settings.BackoffFactor;
        FiniteSteps = 0;
    }

    /// <summary>A step was taken.</summary>
    public void Count()
    {
        if (++FiniteSteps < settings.GrowthInterval)
        {
            return;
        }

        FiniteSteps = 0;
        float grown = model.LossScale * settings.GrowthFactor;
        if (float.IsFinite(grown))
        {
            model.LossScale = grown;
        }
    }
}
