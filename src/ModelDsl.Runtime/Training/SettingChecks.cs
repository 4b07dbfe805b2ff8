using System.Numerics;

namespace ModelDsl;

/// <summary>Checks of settings of trainings: each returns the value, or says what was expected.</summary>
internal static class SettingChecks
{
    /// <summary>A whole number of at least 1.</summary>
    public static int AtLeastOne(int value, [CallerMemberName] string name = "") =>
        value >= 1 ? value : throw Unexpected("at least 1", value, name);

    /// <summary>A whole number of at least 1, or none.</summary>
    public static T? AtLeastOne<T>(T? value, [CallerMemberName] string name = "")
        where T : struct, IBinaryInteger<T> =>
        value is null || value.Value >= T.One ? value : throw Unexpected("at least 1", value.Value, name);

    /// <summary>A finite value of at least 0.</summary>
    public static T NotNegative<T>(T value, [CallerMemberName] string name = "")
        where T : IFloatingPoint<T> =>
        value >= T.Zero && T.IsFinite(value) ? value : throw Unexpected("a finite value of at least 0", value, name);

    /// <summary>A value in [0, 1).</summary>
    public static float Fraction(float value, [CallerMemberName] string name = "") =>
        value is >= 0f and < 1f ? value : throw Unexpected("a value in [0, 1)", value, name);

    /// <summary>A positive value, or none.</summary>
    public static float? PositiveOrNone(float? value, [CallerMemberName] string name = "") =>
        value is null or > 0f ? value : throw Unexpected("a positive value, or none", value.Value, name);

    /// <summary>What is thrown for a value that was not expected.</summary>
    public static ArgumentOutOfRangeException Unexpected<T>(string expected, T value, string name) =>
        new(name, Invariant($"expected {expected}, got {value}"));
}
