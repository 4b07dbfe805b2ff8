using System.Globalization;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>How much is tried: few enough for every run of the tests, or as much as somebody asks for.</summary>
internal static class FuzzSettings
{
    /// <summary>The number that an environment variable gives, if it is set to one.</summary>
    public static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number)
            ? number
            : usual;
}
