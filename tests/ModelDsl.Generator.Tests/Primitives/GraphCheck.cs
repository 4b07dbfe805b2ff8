using System.Reflection;
using System.Runtime.Loader;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>
/// A compiled graph beside its definition: outputs, and the gradients of parameters and samples beside central
/// differences of the definition in double precision.
/// </summary>
internal static class GraphCheck
{
    private const int Batch = 3;
    private const double Step = 1e-5;
    private const double Tolerance = 3e-5;

    /// <summary>Compares a graph with its definition.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="definition">What it computes of a sample and the parameters.</param>
    /// <param name="low">The least number among samples and parameters.</param>
    /// <param name="high">The largest one.</param>
    public static void Run(
        Graph graph, Func<NaiveTensor, NaiveTensor[], NaiveTensor> definition, double low = -1.5, double high = 1.5)
    {
        var model = (IDifferentiableModel)Create(graph, MemoryMode.Planned);
        var random = new Random(5);
        NaiveTensor Draw(int[] shape) =>
            NaiveTensor.By(shape, _ => (float)(low + (random.NextDouble() * (high - low))));
        NaiveTensor[] parameters = [.. graph.Parameters.Select(Draw)];
        NaiveTensor[] samples = [.. Enumerable.Range(0, Batch).Select(_ => Draw(graph.Input))];
        NaiveTensor[] outputs = [.. samples.Select(sample => definition(sample, parameters))];
        NaiveTensor[] weights = [.. outputs.Select(output => Draw(output.Shape))];
        float[] flat = Flat(samples), outputGradient = Flat(weights);

        SetParameters(model, parameters);
        AssertClose(Doubles(outputs), model.Forward(flat), "output");
        AssertClose(Doubles(outputs), model.Predict(flat), "prediction");
        model.Forward(flat);
        model.Backward(outputGradient);

        double Loss() => samples.Select((sample, n) =>
            definition(sample, parameters).Data.Zip(weights[n].Data, (y, g) => y * g).Sum()).Sum();
        AssertClose(
            [.. samples.SelectMany(sample => Differences(sample, Loss))], model.InputGradient, "gradient of the samples");
        int offset = 0;
        foreach (NaiveTensor parameter in parameters)
        {
            AssertClose(
                Differences(parameter, Loss), model.Gradients.Slice(offset, parameter.Data.Length),
                "gradient of a parameter");
            offset += Padded(parameter.Data.Length);
        }
    }

    /// <summary>The model of a graph, compiled and loaded.</summary>
    public static IModel Create(Graph graph, MemoryMode mode)
    {
        CheckedModel model = graph.Check();
        Assert.Empty(model.Issues);
        string code = ModelCompiler.Write(model, mode, CancellationToken.None).Text;
        CSharpCompilation source = TestCompiler.CreateCompilation(graph.Source);
        var options = (CSharpParseOptions)source.SyntaxTrees[0].Options;
        using var image = new MemoryStream();
        var result = source.AddSyntaxTrees(CSharpSyntaxTree.ParseText(code, options)).Emit(image);
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return (IModel)Activator.CreateInstance(assembly.GetType("Net")!, 7ul)!;
    }

    private static void SetParameters(IModel model, NaiveTensor[] parameters)
    {
        int offset = 0;
        foreach (NaiveTensor parameter in parameters)
        {
            Flat([parameter]).CopyTo(model.Parameters[offset..]);
            offset += Padded(parameter.Data.Length);
        }
    }

    private static double[] Differences(NaiveTensor tensor, Func<double> loss)
    {
        double[] differences = new double[tensor.Data.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            double value = tensor.Data[i];
            tensor.Data[i] = value + Step;
            double above = loss();
            tensor.Data[i] = value - Step;
            differences[i] = (above - loss()) / (2 * Step);
            tensor.Data[i] = value;
        }

        return differences;
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1 + expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= Tolerance * scale,
                $"{what} {i}: expected {expected[i]}, got {actual[i]}");
        }
    }

    private static double[] Doubles(NaiveTensor[] tensors) => [.. tensors.SelectMany(tensor => tensor.Data)];

    private static float[] Flat(NaiveTensor[] tensors) => [.. Doubles(tensors).Select(value => (float)value)];

    private static int Padded(int length) => (length + 15) / 16 * 16;
}
