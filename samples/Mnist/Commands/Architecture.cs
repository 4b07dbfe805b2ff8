using ModelDsl;

namespace MnistSample.Commands;

/// <summary>A model that the sample can train.</summary>
/// <param name="Name">What <c>--model</c> calls it.</param>
/// <param name="Create">
/// Creates it with parameters drawn from a seed. The precision is part of a model's class, so there is a class for
/// each; their files are the same.
/// </param>
internal sealed record Architecture(string Name, Func<Precision, ulong, IModel> Create)
{
    /// <summary>All models, the default first.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new("mlp", (precision, seed) => precision switch
        {
            Precision.BFloat16 => new MnistMlpBFloat16(seed),
            Precision.Float16 => new MnistMlpFloat16(seed),
            _ => new MnistMlp(seed),
        }),
        new("convnet", (precision, seed) => precision switch
        {
            Precision.BFloat16 => new MnistConvnetBFloat16(seed),
            Precision.Float16 => new MnistConvnetFloat16(seed),
            _ => new MnistConvnet(seed),
        }),
    ];

    /// <summary>The model of that name, or null.</summary>
    public static Architecture? Find(string name) => All.FirstOrDefault(architecture => architecture.Name == name);
}
