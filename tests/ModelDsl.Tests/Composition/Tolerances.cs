namespace ModelDsl.Tests.Composition;

/// <summary>How far single precision may be from double precision.</summary>
internal static class Tolerances
{
    /// <summary>The relative change of parameters by which a model's own sensitivity is measured: some units in the last place.</summary>
    public const double Rounding = 1e-6;

    private const double Relative = 3e-5;
    private const double Absolute = 1e-5;
    private const double TimesMovement = 30;

    /// <summary>The distance that is accepted.</summary>
    /// <param name="scale">The largest magnitude of the values that are compared.</param>
    /// <param name="movement">How far the exact value moves when parameters change by <see cref="Rounding"/>.</param>
    public static double Of(double scale, double movement) => (Relative * scale) + Absolute + (TimesMovement * Math.Abs(movement));
}
