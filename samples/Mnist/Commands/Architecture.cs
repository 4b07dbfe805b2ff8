using ModelDsl;

namespace MnistSample.Commands;

/// <summary>A model that the sample can train.</summary>
/// <param name="Name">What <c>--model</c> calls it.</param>
/// <param name="Create">Creates it with parameters drawn from a seed.</param>
internal sealed record Architecture(string Name, Func<ulong, IModel> Create)
{
    /// <summary>All models, the default first.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
        [new("mlp", seed => new MnistMlp(seed)), new("convnet", seed => new MnistConvnet(seed))];

    /// <summary>The model of that name, or null.</summary>
    public static Architecture? Find(string name) => All.FirstOrDefault(architecture => architecture.Name == name);
}
