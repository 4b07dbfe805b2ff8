using System.Reflection;

namespace ModelDsl.Tests;

/// <summary>Every model of the test models' assembly that can be trained.</summary>
internal static class TestModelCatalog
{
    private static readonly Dictionary<string, Type> Types = typeof(MnistMlp).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(ModelAttribute)) && type.IsAssignableTo(typeof(IModel)))
        .ToDictionary(type => type.Name);

    /// <summary>The names of all models, for theories.</summary>
    public static TheoryData<string> Names => [.. Types.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The names of the models that a class or interface describes.</summary>
    public static IEnumerable<string> NamesOf<T>() =>
        Types.Where(entry => entry.Value.IsAssignableTo(typeof(T))).Select(entry => entry.Key).Order(StringComparer.Ordinal);

    /// <summary>A new instance of a model.</summary>
    public static IModel Create(string name, ulong seed) => (IModel)typeof(TestModelCatalog)
        .GetMethod(nameof(CreateOf), BindingFlags.NonPublic | BindingFlags.Static)!
        .MakeGenericMethod(Types[name])
        .Invoke(null, [seed])!;

    /// <summary>The copy of a model that only predicts.</summary>
    public static IModel ForInference(IModel model) =>
        (IModel)model.GetType().GetMethod("ForInference")!.Invoke(model, null)!;

    private static T CreateOf<T>(ulong seed)
        where T : class, IModel<T> => T.Create(seed);
}
