namespace ModelDsl.Runtime.Tests.Training;

/// <summary>The optimizers that see tensors as matrices, against slow references in double precision.</summary>
public sealed class MatrixOptimizerTests
{
    private const int Steps = 100;

    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 5, 1 }, { 1, 5 }, { 3, 2 }, { 7, 13 }, { 16, 16 }, { 33, 20 }, { 20, 33 }, { 40, 130 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Adafactor_follows_PyTorchs_formula_for_100_steps(int inputs, int outputs)
    {
        var optimizer = new Adafactor { LearningRate = 0.05f, WeightDecay = 0.02f };
        var model = new LinearModel(new Shape(inputs), outputs, LossKind.MeanSquaredError, seed: 5);
        ReferenceAdafactor[] references =
            [.. model.Description.Parameters.Select(tensor => new ReferenceAdafactor(Values(model.Parameters, tensor), Rows(tensor)))];
        for (int step = 1; step <= Steps; step++)
        {
            Draw(model, step);
            for (int i = 0; i < references.Length; i++)
            {
                references[i].Step(Values(model.Gradients, model.Description.Parameters[i]), step, 0.05f, 0.02f);
            }

            optimizer.Step(model);
        }

        AssertClose(model, [.. references.Select(reference => reference.Parameters)], 1e-4);
    }

    [Theory]
    [InlineData(true, 7, 13)]
    [InlineData(true, 13, 7)]
    [InlineData(false, 16, 16)]
    [InlineData(true, 40, 130)]
    [InlineData(true, 130, 40)]
    [InlineData(true, 1, 5)]
    [InlineData(true, 5, 1)]
    public void Muon_follows_its_authors_formula(bool nesterov, int inputs, int outputs)
    {
        // Newton and Schulz turn small differences of small singular values into large ones, so few steps are compared.
        const int MuonSteps = 10;
        var optimizer = new Muon { LearningRate = 0.05f, WeightDecay = 0.1f, Nesterov = nesterov, IsHidden = _ => true };
        var model = new LinearModel(new Shape(inputs), outputs, LossKind.MeanSquaredError, seed: 5);
        ParameterDescription weight = model.Description.Parameters[0], bias = model.Description.Parameters[1];
        var reference = new ReferenceMuon(Values(model.Parameters, weight), outputs);
        double[] biases = Values(model.Parameters, bias), mean = new double[outputs], square = new double[outputs];
        for (int step = 1; step <= MuonSteps; step++)
        {
            Draw(model, step);
            reference.Step(Values(model.Gradients, weight), 0.05f, 0.1f, nesterov);
            double[] gradients = Values(model.Gradients, bias);
            for (int i = 0; i < outputs; i++)
            {
                double rate = 0.05f * 0.015f;
                biases[i] *= 1 - (rate * 0.1f);
                mean[i] = (0.9f * mean[i]) + ((1 - 0.9f) * gradients[i]);
                square[i] = (0.95f * square[i]) + ((1 - 0.95f) * gradients[i] * gradients[i]);
                biases[i] -= rate / (1 - Math.Pow(0.9f, step)) * mean[i]
                    / (Math.Sqrt(square[i] / (1 - Math.Pow(0.95f, step))) + 1e-10f);
            }

            optimizer.Step(model);
        }

        AssertClose(model, [reference.Parameters, biases], 1e-4);
    }

    [Fact]
    public void Muon_gives_all_directions_about_the_same_size()
    {
        // A diagonal gradient keeps its directions: the update's singular values are its diagonal.
        var optimizer = new Muon { LearningRate = 1f, Momentum = 0f, IsHidden = _ => true };
        var model = new LinearModel(new Shape(8), 8, LossKind.MeanSquaredError);
        model.Parameters.Clear();
        for (int i = 0; i < 8; i++)
        {
            model.Gradients[9 * i] = (i + 1) * 1e-3f;
        }

        optimizer.Step(model);
        for (int i = 0; i < 64; i++)
        {
            if (i % 9 == 0)
            {
                Assert.InRange(model.Parameters[i], -1.3f, -0.6f);
            }
            else
            {
                Assert.Equal(0f, model.Parameters[i], 1e-5f);
            }
        }
    }

    [Fact]
    public void Muon_leaves_the_first_and_the_last_matrix_to_AdamW()
    {
        var optimizer = new Muon { LearningRate = 0.1f };
        var model = new LinearModel(new Shape(8), 8, LossKind.MeanSquaredError);
        model.Parameters.Clear();
        model.Gradients.Fill(3f);
        optimizer.Step(model);

        // The first step of AdamW is its learning rate.
        Assert.All(Values(model.Parameters, model.Description.Parameters[0]), value => Assert.Equal(-0.0015, value, 1e-8));
        Assert.Equal([128 - 48, 128 - 48], optimizer.GetState().Tensors.Select(tensor => tensor.Values.Length));
    }

    [Fact]
    public void The_state_of_Adafactor_is_rows_columns_and_vectors()
    {
        var optimizer = new Adafactor();
        optimizer.Step(new LinearModel(new Shape(13), 7, LossKind.MeanSquaredError));
        Assert.Equal(
            [("rowMeans", 7), ("columnMeans", 13), ("vectorSquares", 7)],
            optimizer.GetState().Tensors.Select(tensor => (tensor.Name, tensor.Values.Length)));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-30f)]
    [InlineData(1e30f)]
    [InlineData(-3e38f)]
    public void Gradients_of_any_finite_size_leave_the_parameters_finite(float gradient)
    {
        foreach (string name in OptimizerCases.All.Where(name => !name.StartsWith("Sgd", StringComparison.Ordinal)))
        {
            Optimizer optimizer = OptimizerCases.Create(name);
            LinearModel model = OptimizerCases.CreateModel();
            for (int step = 0; step < 3; step++)
            {
                model.Gradients.Fill(gradient);
                optimizer.Step(model);
                Assert.All(model.Parameters.ToArray(), value => Assert.True(float.IsFinite(value), $"{name}: {value}"));
            }
        }
    }

    [Fact]
    public void A_gradient_that_is_not_a_number_reaches_its_parameter()
    {
        foreach (string name in OptimizerCases.All)
        {
            Optimizer optimizer = OptimizerCases.Create(name);
            LinearModel model = OptimizerCases.CreateModel();
            model.Gradients[5] = float.NaN;
            optimizer.Step(model);
            Assert.True(float.IsNaN(model.Parameters[5]), name);
        }
    }

    private static void Draw(LinearModel model, int step)
    {
        for (int i = 0; i < model.Gradients.Length; i++)
        {
            model.Gradients[i] = MathF.Sin((7 * step) + (i * i % 101)) + (0.1f * model.Parameters[i]);
        }
    }

    private static double[] Values(ReadOnlySpan<float> memory, ParameterDescription tensor) =>
        [.. memory.Slice(tensor.Offset, tensor.Shape.Count).ToArray().Select(value => (double)value)];

    private static int Rows(ParameterDescription tensor) => tensor.IsVector ? 1 : tensor.Shape.Dimensions[0];

    private static void AssertClose(LinearModel model, double[][] expected, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double[] actual = Values(model.Parameters, model.Description.Parameters[i]);
            double scale = expected[i].Max(Math.Abs) + 1e-3;
            for (int k = 0; k < actual.Length; k++)
            {
                Assert.Equal(expected[i][k], actual[k], tolerance * scale);
            }
        }
    }

    private sealed class ReferenceAdafactor(double[] parameters, int rows)
    {
        private readonly double[] _rowMeans = new double[rows];
        private readonly double[] _columnMeans = new double[parameters.Length / rows];
        private readonly double[] _squares = new double[parameters.Length];

        public double[] Parameters { get; } = parameters;

        public void Step(double[] g, int step, float learningRate, float weightDecay)
        {
            int columns = Parameters.Length / rows;
            double share = Math.Pow(step, -0.8f);
            double size = Math.Max(1e-3f, Math.Sqrt(Parameters.Average(p => p * p)))
                * Math.Min(learningRate, 1 / Math.Sqrt(step));
            for (int r = 0; r < rows; r++)
            {
                double mean = Enumerable.Range(0, columns).Average(c => g[(r * columns) + c] * g[(r * columns) + c]);
                _rowMeans[r] += share * (mean - _rowMeans[r]);
            }

            for (int c = 0; c < columns; c++)
            {
                double mean = Enumerable.Range(0, rows).Average(r => g[(r * columns) + c] * g[(r * columns) + c]);
                _columnMeans[c] += share * (mean - _columnMeans[c]);
            }

            double[] update = new double[g.Length];
            for (int i = 0; i < g.Length; i++)
            {
                _squares[i] += share * ((g[i] * g[i]) - _squares[i]);
                double moment = rows == 1
                    ? _squares[i]
                    : _rowMeans[i / columns] * _columnMeans[i % columns] / Math.Max(_rowMeans.Average(), 1.1920929e-7);
                update[i] = g[i] / Math.Sqrt(Math.Max(moment, 1.1920929e-7 * 1.1920929e-7));
            }

            double clip = Math.Max(1, Math.Sqrt(update.Average(u => u * u)));
            for (int i = 0; i < g.Length; i++)
            {
                Parameters[i] = (Parameters[i] * (1 - (learningRate * weightDecay))) - (size / clip * update[i]);
            }
        }
    }

    /// <summary>The author's code: a wide matrix is iterated on, a tall one is turned first.</summary>
    private sealed class ReferenceMuon(double[] parameters, int rows)
    {
        private readonly double[] _momentum = new double[parameters.Length];

        public double[] Parameters { get; } = parameters;

        public void Step(double[] g, float learningRate, float weightDecay, bool nesterov)
        {
            int columns = Parameters.Length / rows;
            double[,] update = new double[rows, columns];
            for (int i = 0; i < g.Length; i++)
            {
                _momentum[i] += (1 - 0.95f) * (g[i] - _momentum[i]);
                update[i / columns, i % columns] = nesterov ? g[i] + (0.95f * (_momentum[i] - g[i])) : _momentum[i];
            }

            double[,] orthogonal = rows > columns ? Turned(Orthogonal(Turned(update))) : Orthogonal(update);
            double scale = learningRate * Math.Sqrt(Math.Max(1, (double)rows / columns));
            for (int i = 0; i < g.Length; i++)
            {
                Parameters[i] = (Parameters[i] * (1 - (learningRate * weightDecay))) - (scale * orthogonal[i / columns, i % columns]);
            }
        }

        private static double[,] Orthogonal(double[,] x)
        {
            double norm = Math.Sqrt(x.Cast<double>().Sum(value => value * value)) + 1e-7;
            x = Map(x, (value, _, _) => value / norm);
            for (int iteration = 0; iteration < 5; iteration++)
            {
                double[,] square = Times(x, Turned(x)), fourth = Times(square, square);
                double[,] b = Map(square, (value, r, c) => (-4.7750 * value) + (2.0315 * fourth[r, c]));
                double[,] product = Times(b, x);
                x = Map(x, (value, r, c) => (3.4445 * value) + product[r, c]);
            }

            return x;
        }

        private static double[,] Times(double[,] a, double[,] b) => Map(
            new double[a.GetLength(0), b.GetLength(1)],
            (_, r, c) => Enumerable.Range(0, a.GetLength(1)).Sum(k => a[r, k] * b[k, c]));

        private static double[,] Turned(double[,] a) =>
            Map(new double[a.GetLength(1), a.GetLength(0)], (_, r, c) => a[c, r]);

        private static double[,] Map(double[,] a, Func<double, int, int, double> function)
        {
            double[,] result = new double[a.GetLength(0), a.GetLength(1)];
            for (int r = 0; r < a.GetLength(0); r++)
            {
                for (int c = 0; c < a.GetLength(1); c++)
                {
                    result[r, c] = function(a[r, c], r, c);
                }
            }

            return result;
        }
    }
}
