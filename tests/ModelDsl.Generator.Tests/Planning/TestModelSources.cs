using System.Reflection;

namespace ModelDsl.Generator.Tests.Planning;

/// <summary>The models that all tests share, compiled here with each way of laying out memory.</summary>
internal static class TestModelSources
{
    /// <summary>The layouts, the one that is proven first.</summary>
    public static readonly string[] Modes = ["Planned", "Separate", "Poisoned"];

    private static readonly Lazy<Dictionary<string, Assembly>> Assemblies = new(() =>
        Modes.ToDictionary(mode => mode, mode => TestCompiler.LoadAll(Texts, mode)));

    /// <summary>The full names of all models, for theories.</summary>
    public static TheoryData<string> Names =>
        [.. ModelsOf("Planned").Select(type => type.FullName!).Order(StringComparer.Ordinal)];

    /// <summary>The files with the models.</summary>
    public static string[] Texts
    {
        get
        {
            Assembly assembly = typeof(TestModelSources).Assembly;
            return [.. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith("TestModels/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new StreamReader(assembly.GetManifestResourceStream(name)!).ReadToEnd())];
        }
    }

    public static IModel Create(string name, string mode, ulong seed)
    {
        Type type = ModelsOf(mode).Single(candidate => candidate.FullName == name);
        return (IModel)type.GetConstructor([typeof(ulong)])!.Invoke([seed]);
    }

    private static IEnumerable<Type> ModelsOf(string mode) =>
        Assemblies.Value[mode].GetTypes().Where(type => typeof(IModel).IsAssignableFrom(type) && type.IsClass);
}
