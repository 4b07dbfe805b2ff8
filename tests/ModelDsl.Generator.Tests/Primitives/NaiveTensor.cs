namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>A tensor of one sample in double precision, with operations as their definitions say.</summary>
internal sealed record NaiveTensor(int[] Shape, double[] Data)
{
    /// <summary>A tensor by what stands at each place.</summary>
    public static NaiveTensor By(int[] shape, Func<int[], double> element)
    {
        double[] data = new double[shape.Aggregate(1, (product, extent) => product * extent)];
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = element(PlaceOf(i, shape));
        }

        return new NaiveTensor(shape, data);
    }

    public double this[params int[] place]
    {
        get
        {
            int index = 0;
            for (int i = 0; i < Shape.Length; i++)
            {
                index = (index * Shape[i]) + place[i];
            }

            return Data[index];
        }
    }

    public NaiveTensor Map(Func<double, double> function) => this with { Data = [.. Data.Select(function)] };

    /// <summary>A function of two, by the rules of broadcasting.</summary>
    public NaiveTensor With(NaiveTensor other, Func<double, double, double> function)
    {
        int rank = Math.Max(Shape.Length, other.Shape.Length);
        int[] shape = [.. Enumerable.Range(0, rank).Select(i => Math.Max(ExtentOf(i, rank), other.ExtentOf(i, rank)))];
        return By(shape, place => function(At(place), other.At(place)));
    }

    /// <summary>The element at the place of a shape that this one is broadcast to.</summary>
    public double At(int[] place) => this[[.. Shape.Select((extent, i) => extent == 1 ? 0 : place[i + place.Length - Shape.Length])]];

    public NaiveTensor Reshape(params int[] shape) => this with { Shape = shape };

    public NaiveTensor Transpose(params int[] order) => By(
        [.. order.Select(dimension => Shape[dimension])],
        place =>
        {
            int[] source = new int[place.Length];
            for (int i = 0; i < place.Length; i++)
            {
                source[order[i]] = place[i];
            }

            return this[source];
        });

    /// <summary>Slices of a dimension by their numbers, with a value where they are negative.</summary>
    public NaiveTensor Take(int dimension, int[] indices, double value = 0) => By(
        [.. Shape.Select((extent, i) => i == dimension ? indices.Length : extent)],
        place =>
        {
            int index = indices[place[dimension]];
            return index < 0 ? value : this[[.. place.Select((one, i) => i == dimension ? index : one)]];
        });

    public NaiveTensor Concatenate(int dimension, NaiveTensor other) => By(
        [.. Shape.Select((extent, i) => i == dimension ? extent + other.Shape[i] : extent)],
        place => place[dimension] < Shape[dimension]
            ? this[place]
            : other[[.. place.Select((one, i) => i == dimension ? one - Shape[i] : one)]]);

    private int ExtentOf(int dimension, int rank) =>
        dimension < rank - Shape.Length ? 1 : Shape[dimension - rank + Shape.Length];

    private static int[] PlaceOf(int index, int[] shape)
    {
        int[] place = new int[shape.Length];
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            (index, place[i]) = Math.DivRem(index, shape[i]);
        }

        return place;
    }
}
