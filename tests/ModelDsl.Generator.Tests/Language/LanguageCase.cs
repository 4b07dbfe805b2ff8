using System.Reflection;

namespace ModelDsl.Generator.Tests.Language;

/// <summary>A program that must compile without a warning, in checked arithmetic, and whose models must train.</summary>
internal static class LanguageCase
{
    // The cases are about models; what else stands in them needs no documentation.
    private const string Prefix = "#pragma warning disable CS1591\n";

    /// <summary>Compiles the program and takes a training step with each model in it.</summary>
    /// <returns>The models by their full names.</returns>
    public static IReadOnlyDictionary<string, IModel> Train(string source)
    {
        Assembly assembly = TestCompiler.Load(Prefix + source);
        var models = assembly.GetTypes()
            .Where(type => typeof(IModel).IsAssignableFrom(type))
            .Select(Close)
            .ToDictionary(type => type.ToString(), Create);
        Assert.NotEmpty(models);
        Assert.All(models.Values, Train);
        return models;
    }

    /// <summary>Compiles the program and trains its one model.</summary>
    public static IModel TrainSingle(string source) => Assert.Single(Train(source)).Value;

    /// <summary>The ids of what the C# compiler and the analyzers say about a program, in order of the text.</summary>
    public static async Task<IReadOnlyList<string>> ComplaintsAsync(string source)
    {
        var analysis = await TestCompiler.AnalyzeAsync(Prefix + source);
        var compilation = TestCompiler.Compile(Prefix + source).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= Microsoft.CodeAnalysis.DiagnosticSeverity.Warning);
        return [.. analysis.Concat(compilation).Select(diagnostic => diagnostic.Id)];
    }

    private static Type Close(Type type) =>
        type.IsGenericTypeDefinition
            ? type.MakeGenericType([.. type.GetGenericArguments().Select(_ => typeof(int))])
            : type;

    private static IModel Create(Type type)
    {
        ConstructorInfo constructor = type.GetConstructor([typeof(ulong)])
            ?? throw new InvalidOperationException($"{type} has no constructor that takes a seed");
        return (IModel)constructor.Invoke([7ul]);
    }

    private static void Train(IModel model)
    {
        float[] samples = [.. Enumerable.Range(0, 2 * model.Description.InputShape.Count).Select(i => (i % 5) - 2f)];
        float[] values = new float[2 * model.Description.OutputShape.Count];
        float loss = model.Description.Loss is LossKind.SoftmaxCrossEntropy or LossKind.Hinge
            ? model.ComputeGradients(samples, new int[2])
            : model.ComputeGradients(samples, values);
        Assert.True(float.IsFinite(loss));
        Assert.Equal(1, model.TrainingStep);
        Assert.Equal(values.Length, model.Predict(samples).Length);
    }
}
