namespace ModelDsl;

/// <summary>Checks of settings of optimizers and schedules: each returns the value, or says what was
/// expected.</summary>
internal static class OptimizerArguments
{
    /// <summary>A finite value of at least 0.</summary>
    public static float NotNegative(float value, [CallerMemberName] string name = "") =>
        value >= 0f && float.IsFinite(value) ? value : throw Unexpected("a finite value of at least 0", value, name);

    /// <summary>A value in [0, 1).</summary>
    public static float Fraction(float value, [CallerMemberName] string name = "") =>
        value is >= 0f and < 1f ? value : throw Unexpected("a value in [0, 1)", value, name);

    /// <summary>A positive value, or none.</summary>
    public static float? PositiveOrNone(float? value, [CallerMemberName] string name = "") =>
        value is null or > 0f ? value : throw Unexpected("a positive value, or none", value.Value, name);

    private static ArgumentOutOfRangeException Unexpected(string expected, float value, string name) =>
        new(name, Invariant($"expected {expected}, got {value}"));
}
