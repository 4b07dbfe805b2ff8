namespace ModelDsl.Generator.Tests.Methods;

public sealed class ForwardTests
{
    [Fact]
    public void Snapshot_layers_are_quoted_as_the_method_calls_them() => Snapshot.Match(TestCompiler.GenerateSingle(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x)
            {
                Tensor hidden = x.Dense(8).Relu();
                return hidden.Block<Gate>().Dense(3, useBias: false);
            }
        }

        [Block]
        public partial class Gate
        {
            private static Tensor Forward(Tensor x)
            {
                Tensor gate = x.Dense(8).Sigmoid();
                for (int i = 0; i < 2; i++)
                {
                    gate = Wide(gate, 4 * (i + 1));
                }

                return gate.Dense(8);
            }

            private static Tensor Wide(Tensor x, int units) => x.Dense(units).Tanh();
        }
        """));

    [Fact]
    public void Snapshot_expressions_of_parameters_are_computed_once() => Snapshot.Match(TestCompiler.GenerateSingle(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(
                Tensor x, [Parameter(4, 3)] Tensor direction, [Parameter(3, Initial = 1)] Tensor length)
            {
                Tensor weight = length * direction / direction.Norm([0], keepDimensions: true);
                return x.MatMul(weight).Tanh() * length.Exp();
            }
        }
        """));

    [Fact]
    public void Model_of_a_method_is_compiled_and_runs() => Assert.NotNull(TestCompiler.Load(
        """
        [Model, Input(4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x)
            {
                Tensor hidden = x.Dense(8).Relu();
                return hidden.Dense(3, useBias: false);
            }
        }
        """));

    [Fact]
    public void Method_of_a_block_in_another_assembly_does_not_fail_the_generator()
    {
        using var library = new MemoryStream();
        Assert.True(TestCompiler.CreateCompilation(
            """
            namespace Library;
            [Block]
            public class Shared { public static Tensor Forward(Tensor x) => x.Dense(3); }
            """).WithAssemblyName("Library").Emit(library).Success);
        CSharpCompilation compilation = TestCompiler.CreateCompilation(
            "[Model, Input(4), Residual<Library.Shared>, MeanSquaredError] public partial class Net;")
            .AddReferences(MetadataReference.CreateFromImage(library.ToArray()));
        GeneratorRunResult result =
            TestCompiler.CreateDriver().RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
    }
}
