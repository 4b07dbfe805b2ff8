using System.CommandLine;

namespace MnistSample.Commands;

/// <summary>The choice of the architecture.</summary>
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
}
