using System.CommandLine;
using ModelDsl;

namespace MnistSample.Commands;

/// <summary>The choice of the architecture, and of what it is trained in.</summary>
internal static class ModelOption
{
    public static Option<Architecture> Create()
    {
        string names = string.Join(" or ", Architecture.All.Select(architecture => architecture.Name));
        return new Option<Architecture>("--model")
        {
            Description = $"The architecture: {names}. Default: {Architecture.All[0].Name}.",
            HelpName = "NAME",
            CustomParser = result =>
            {
                string name = result.Tokens[0].Value;
                Architecture? architecture = Architecture.Find(name);
                if (architecture is null)
                {
                    result.AddError($"--model: expected {names}, got '{name}'");
                }

                return architecture;
            },
        };
    }

    public static Option<Precision> CreatePrecision() => new("--precision")
    {
        Description = $"The format that training stores what layers hand on in: float32, bfloat16 or float16. "
            + $"Default: {NameOf(Precision.Float32)}.",
        HelpName = "NAME",
        CustomParser = result =>
        {
            string name = result.Tokens[0].Value;
            Precision[] named = [.. Enum.GetValues<Precision>().Where(precision => NameOf(precision) == name)];
            if (named.Length == 0)
            {
                result.AddError($"--precision: expected float32, bfloat16 or float16, got '{name}'");
            }

            return named.FirstOrDefault();
        },
    };

    /// <summary>What <c>--precision</c> calls it.</summary>
    public static string NameOf(Precision precision) => $"{precision}".ToLowerInvariant();
}
