namespace ModelDsl.Tests.Reference.Methods;

// One number for all elements along some dimensions, and functions of the elements along one.
public sealed partial class ReferenceTensor
{
    public ReferenceTensor Sum(params int[] dimensions) => Sum(dimensions, keepDimensions: false);

    public ReferenceTensor Sum(int[] dimensions, bool keepDimensions) =>
        Reduce(dimensions, keepDimensions, line => line.Sum());

    public ReferenceTensor Mean(params int[] dimensions) => Mean(dimensions, keepDimensions: false);

    public ReferenceTensor Mean(int[] dimensions, bool keepDimensions) =>
        Reduce(dimensions, keepDimensions, line => line.Average());

    public ReferenceTensor Max(params int[] dimensions) => Max(dimensions, keepDimensions: false);

    public ReferenceTensor Max(int[] dimensions, bool keepDimensions) =>
        Reduce(dimensions, keepDimensions, line => line.Max());

    public ReferenceTensor Min(params int[] dimensions) => Min(dimensions, keepDimensions: false);

    public ReferenceTensor Min(int[] dimensions, bool keepDimensions) =>
        Reduce(dimensions, keepDimensions, line => line.Min());

    public ReferenceTensor Norm(params int[] dimensions) => Norm(dimensions, keepDimensions: false);

    public ReferenceTensor Norm(int[] dimensions, bool keepDimensions) =>
        Reduce(dimensions, keepDimensions, line => Math.Sqrt(line.Sum(x => x * x)));

    public ReferenceTensor LogSumExp(params int[] dimensions) => LogSumExp(dimensions, keepDimensions: false);

    public ReferenceTensor LogSumExp(int[] dimensions, bool keepDimensions) =>
        Reduce(dimensions, keepDimensions, LogOfSum);

    public ReferenceTensor Variance(int[]? dimensions = null, bool keepDimensions = false, bool unbiased = false) =>
        Reduce(dimensions ?? [], keepDimensions, line =>
        {
            double mean = line.Average();
            return line.Sum(x => (x - mean) * (x - mean)) / (line.Length - (unbiased ? 1 : 0));
        });

    public ReferenceTensor Softmax(int dimension) => Along(dimension, line =>
    {
        double logOfSum = LogOfSum(line);
        return [.. line.Select(x => Math.Exp(x - logOfSum))];
    });

    public ReferenceTensor LogSoftmax(int dimension) => Along(dimension, line =>
    {
        double logOfSum = LogOfSum(line);
        return [.. line.Select(x => x - logOfSum)];
    });

    public ReferenceTensor CumSum(int dimension, bool exclusive = false, bool reverse = false) =>
        Along(dimension, line =>
        [.. line.Select((one, i) => (reverse ? line[i..] : line[..(i + 1)]).Sum() - (exclusive ? one : 0))]);

    private static double LogOfSum(double[] line)
    {
        double largest = line.Max();
        return largest + Math.Log(line.Sum(x => Math.Exp(x - largest)));
    }

    private ReferenceTensor Reduce(int[] dimensions, bool keepDimensions, Func<double[], double> function)
    {
        bool[] isReduced =
            [.. Shape.Select(
                (_, i) => dimensions.Length == 0 || dimensions.Any(one => Counted(one, Shape.Length) == i))];
        int[] kept = [.. Shape.Select((extent, i) => isReduced[i] ? 1 : extent)];
        int[] shape = keepDimensions ? kept : [.. Shape.Where((_, i) => !isReduced[i])];

        // The elements that each one of the result is made of.
        int[][] groups =
        [
            .. Places(Shape)
                .Select((place, index) =>
                    (Index: index, Target: IndexOf([.. place.Select((one, i) => isReduced[i] ? 0 : one)], kept)))
                .GroupBy(element => element.Target, element => element.Index)
                .OrderBy(group => group.Key)
                .Select(group => group.ToArray()),
        ];
        return Make([this], shape.Length == 0 ? [1] : shape, x =>
            [.. groups.Select(group => function([.. group.Select(index => x[0][index])]))]);
    }

    private ReferenceTensor Along(int dimension, Func<double[], double[]> function)
    {
        dimension = Counted(dimension, Shape.Length);
        int[][] lines =
        [
            .. Places(With(Shape, dimension, 1)).Select(start => Enumerable.Range(0, Shape[dimension])
                .Select(i => IndexOf(With(start, dimension, i), Shape))
                .ToArray()),
        ];
        return Make([this], Shape, x =>
        {
            double[] result = new double[x[0].Length];
            foreach (int[] line in lines)
            {
                double[] values = function([.. line.Select(index => x[0][index])]);
                for (int i = 0; i < line.Length; i++)
                {
                    result[line[i]] = values[i];
                }
            }

            return result;
        });
    }
}
